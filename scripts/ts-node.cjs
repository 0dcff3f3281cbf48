// Preloaded with `node -r`: runs the TypeScript of this repository, from whatever folder. Programs from elsewhere are left to the
// command line, which evaluates them here as it does when published.
const path = require("node:path");

const { prepareStackTrace } = Error;
require("ts-node").register({ project: path.resolve(__dirname, "..", "tsconfig.ts-node.json"), scope: true });

// ts-node finds the places in stack traces for what it compiled alone. Node does for everything.
Error.prepareStackTrace = prepareStackTrace;
process.setSourceMapsEnabled(true);
