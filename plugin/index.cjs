// Pulumi starts the folder of a plugin as a module. In a clone that runs the sources, in the published package what is compiled from them.
const { existsSync } = require("node:fs");
const path = require("node:path");

const { version } = require("../package.json");

const register = path.join(__dirname, "..", "scripts", "ts-node.cjs");
const isClone = existsSync(register);
if (isClone) {
  // Pulumi has registered ts-node already, so that it checks types, by the settings of the folder in which Pulumi was started.
  process[Symbol.for("ts-node.register.instance")]?.enabled(false);
  require(register);
}
const { serve } = require(isClone ? "./provider.ts" : "../bin/plugin/provider.js");
serve(version);
