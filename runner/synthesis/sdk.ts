import { createRequire, Module } from "node:module";
import path from "node:path";

import type * as pulumi from "@pulumi/pulumi";

/**
 * The SDK loads these at startup but uses them only to serialise functions for a Lambda, and to send traces. They take more than
 * half of the startup time.
 */
const RARELY_USED = [
  "@npmcli/arborist",
  "typescript",
  ...[
    "exporter-zipkin",
    "instrumentation",
    "instrumentation-grpc",
    "resources",
    "sdk-trace-base",
    "sdk-trace-node",
  ].map((name) => `@opentelemetry/${name}`),
];

/** Loads the copy of the Pulumi SDK that the given file would load. Defaults to our copy. */
export function loadSdk(file = __filename): typeof pulumi {
  postponeRarelyUsed();
  return createRequire(file)("@pulumi/pulumi") as typeof pulumi;
}

type Load = (request: string, parent: { filename?: string | null } | undefined, isMain: boolean) => unknown;
/** The Node.js loader of CommonJS modules, which tools such as tracers also patch. */
const loader = Module as unknown as { _load: Load };

let postponed = false;

/** Makes these packages load when the SDK first uses them instead of when it requires them. */
function postponeRarelyUsed(): void {
  if (postponed) return;
  postponed = true;
  const load = loader._load;
  loader._load = function (request, parent, isMain) {
    const file = parent?.filename;
    if (!file || !RARELY_USED.includes(request) || !file.includes(SDK)) return load.call(this, request, parent, isMain);
    // A missing package must still throw immediately, as the SDK expects.
    createRequire(file).resolve(request);
    return postponedModule(() => load.call(this, request, parent, isMain) as object);
  };
}

const SDK = path.join("node_modules", "@pulumi", "pulumi", "");

/** Pretends to be compiled from an ES module, so that importers use it directly instead of copying its members. */
function postponedModule(load: () => object): object {
  return new Proxy(
    {},
    {
      get(_, name) {
        if (name === "__esModule") return true;
        const module = load();
        if (name === "default" && !("__esModule" in module)) return module;
        return Reflect.get(module, name) as unknown;
      },
    },
  );
}
