// Bundles the worker into one executable file for the image and for local runs.
//     node scripts/bundle-worker.mjs [FILE]    FILE defaults to worker/dist/worker.cjs
import { chmod, rename } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundle = resolve(process.argv[2] ?? fileURLToPath(new URL("../worker/dist/worker.cjs", import.meta.url)));
/** It is renamed when complete, because another process may be starting the earlier bundle. */
const outfile = `${bundle}.${process.pid}.partial`;

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
};

/**
 * Half the code that the SDK would have otherwise: without what nothing uses of its ECMAScript modules, and with short names. Names of
 * classes and functions stay in its errors. The worker's own code keeps all its names, for stack traces.
 */
const sdkOptions = { mainFields: ["module", "main"], minifyIdentifiers: true, keepNames: true };

const SDK_PACKAGES = ["@aws-sdk/client-s3", "@aws-sdk/lib-storage", "@aws-sdk/client-eventbridge"];

/**
 * Puts the AWS SDK into the bundle as text, which is compiled when a job first has an `s3://` URI. As code, its half a
 * megabyte would be parsed at the start of every job, which takes longer than the start of the worker itself.
 */
const sdkAsText = {
  name: "sdk-as-text",
  async setup({ onResolve, onLoad }) {
    const contents = SDK_PACKAGES.map((name) => `exports["${name}"] = require("${name}");`).join("\n");
    const sdk = await build({ ...shared, ...sdkOptions, stdin: { contents, resolveDir: root }, write: false });
    const text = JSON.stringify(sdk.outputFiles[0].text);

    onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path }) =>
      SDK_PACKAGES.includes(path)
        ? { path, namespace: "sdk" }
        : { errors: [{ text: `${path} must be in SDK_PACKAGES of scripts/bundle-worker.mjs.` }] },
    );
    onResolve({ filter: /^sdk:all$/ }, () => ({ path: "all", namespace: "sdk-text" }));
    onLoad({ filter: /.*/, namespace: "sdk" }, ({ path }) => ({
      contents: `module.exports = require("sdk:all")["${path}"];`,
    }));
    onLoad({ filter: /.*/, namespace: "sdk-text" }, () => ({
      contents: `const { Module } = require("node:module");
        const sdk = new Module(__filename, module);
        sdk.paths = [];
        sdk._compile(${text}, __filename);
        module.exports = sdk.exports;`,
    }));
  },
};

await build({
  ...shared,
  entryPoints: ["worker/main.ts"],
  outfile,
  banner: { js: "#!/usr/bin/env node" },
  plugins: [sdkAsText],
});
await chmod(outfile, 0o755);
await rename(outfile, bundle);
