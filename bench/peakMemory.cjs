// Preloaded into a measured Node program: writes its peak resident memory in KiB to file descriptor 3 as it exits.
const { writeSync } = require("node:fs");

process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
