#!/usr/bin/env node
import { commandLine } from "./commandLine";

void commandLine(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
});
