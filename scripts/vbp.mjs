// `npm run --silent vbp -- …`: the command line from its sources, in the folder where npm was called.
import { createRequire } from "node:module";

await import("./setup.mjs");

const require = createRequire(import.meta.url);
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
require("./ts-node.cjs");
// The Pulumi SDK takes a stack trace of every promise; finding the places in the sources doubles what that costs.
process.setSourceMapsEnabled(process.argv.includes("--verbose"));
require("../cli/main.ts");
