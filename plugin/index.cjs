// Pulumi loads a plugin's folder as a module. This runs the sources in a clone, and the compiled files in the published
// package.
const { existsSync } = require("node:fs");
const path = require("node:path");

const { version } = require("../package.json");

const register = path.join(__dirname, "..", "scripts", "ts-node.cjs");
const isClone = existsSync(register);
if (isClone) {
  // Pulumi has already registered ts-node, which checks types with the settings of the folder in which Pulumi was started.
  process[Symbol.for("ts-node.register.instance")]?.enabled(false);
  require(register);
}
const { serve } = require(isClone ? "./provider.ts" : "../bin/plugin/provider.js");
serve(version);
