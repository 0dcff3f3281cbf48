// `npm run --silent vbp -- …`: the command line from its sources, in the folder where npm was called.
import { createRequire } from "node:module";

await import("./setup.mjs");

const require = createRequire(import.meta.url);
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
require("esbuild-register");
require("../cli/main.ts");
