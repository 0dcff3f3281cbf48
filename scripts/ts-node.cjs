// Preloaded with `node -r`: runs the TypeScript of this repository, from any folder. Programs outside it are left to the command
// line, which evaluates them just as the published one does.
const path = require("node:path");

const { prepareStackTrace } = Error;
const { ".js": javaScript } = require.extensions;
require("ts-node").register({ project: path.resolve(__dirname, "..", "tsconfig.ts-node.json"), scope: true });

// ts-node takes over .js too, for .mts files. A program's own compiler, which builds on it, would get what is compiled already.
require.extensions[".js"] = javaScript;

// ts-node maps stack traces only to the sources that it compiled itself. Node maps all of them.
Error.prepareStackTrace = prepareStackTrace;
process.setSourceMapsEnabled(true);
