import { createRequire, Module } from "node:module";
import path from "node:path";

import type * as pulumi from "@pulumi/pulumi";

/** What the SDK loads at its start and uses only to turn functions into the text of a Lambda: more than half of that start. */
const RARELY_USED = ["@npmcli/arborist", "typescript"];

/** Loads the copy of the Pulumi SDK that the given file sees, ours by default. */
export function loadSdk(file = __filename): typeof pulumi {
  postponeRarelyUsed();
  return createRequire(file)("@pulumi/pulumi") as typeof pulumi;
}

type Load = (request: string, parent: { filename?: string | null } | undefined, isMain: boolean) => unknown;
/** Node's own loading of CommonJS modules, through which tools such as tracers step in. */
const loader = Module as unknown as { _load: Load };

let postponed = false;

/** From now on these packages load when the SDK first uses them, and not when it asks for them. */
function postponeRarelyUsed(): void {
  if (postponed) return;
  postponed = true;
  const load = loader._load;
  loader._load = function (request, parent, isMain) {
    const file = parent?.filename;
    if (!file || !RARELY_USED.includes(request) || !file.includes(SDK)) return load.call(this, request, parent, isMain);
    // A package that is missing is noticed at once, as the SDK expects.
    createRequire(file).resolve(request);
    return postponedModule(() => load.call(this, request, parent, isMain) as object);
  };
}

const SDK = path.join("node_modules", "@pulumi", "pulumi", "");

/** Claims to be compiled from an ES module, so that whoever imports it takes it as it is instead of copying its members. */
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
