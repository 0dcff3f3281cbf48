// `npm run --silent vbp -- …` runs the command line from its sources, in the folder where npm was called.
import { createRequire } from "node:module";

await import("./setup.mjs");

const require = createRequire(import.meta.url);
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
require("./ts-node.cjs");
// The Pulumi SDK takes a stack trace of every promise. Source maps would double the time for that.
process.setSourceMapsEnabled(process.argv.includes("--verbose"));
require("../cli/main.ts");
