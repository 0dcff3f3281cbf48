#!/usr/bin/env node
import { commandLine } from "./commandLine";
import { ignoreClosedPipes } from "./output/closedPipe";

const { stdout, stderr } = process;
const closed = ignoreClosedPipes({ stdout, stderr });

void commandLine(process.argv.slice(2), { stdout, stderr, closed }).then((code) => {
  process.exitCode = code;
});
