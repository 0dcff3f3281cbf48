// Which room imports which, checked by `npm run lint`. "Development" in the README says it in words. Imports of types count too.

/** Everything in this repository that can be imported. */
const ROOMS =
  "^(index\\.ts$|(contract|components|worker|runner|view|aws|cli|testing|plugin|stacks|tests|bench|examples|scripts)/)";

/** What each room imports of this repository, besides itself. The longest path that fits a file decides. */
const IMPORTS = {
  "components/": ["contract/"],
  "worker/": ["contract/"],
  "worker/fmp4/": [],
  // The runner evaluates a program and runs what it emits, whichever version of the component the program has.
  "runner/": ["contract/"],
  "view/": ["contract/"],
  // A preview shows what a program evaluates to.
  "view/preview/": ["view/", "contract/", "runner/synthesis/"],
  "aws/": ["runner/", "contract/"],
  "cli/": ["view/", "aws/", "runner/", "contract/"],
  // In a folder without a program, commands use the component with its defaults.
  "cli/options/selection.ts": ["cli/", "runner/", "contract/", "components/videoBatchPipeline.ts"],
  "testing/": ["runner/", "worker/plan/", "contract/"],
  // Programs in other languages get what the package exports, and its schema.
  "plugin/": ["index.ts", "components/schema.json"],
  // Stacks and examples use the package as any program does.
  // A stack reads its keys by the schema of the arguments, and reports what is wrong with all of them at once.
  "stacks/": [
    "index.ts",
    "components/checks.ts",
    "components/schema.json",
    "components/structure/",
    "contract/nearest.ts",
  ],
  "examples/": ["index.ts"],
  "index.ts": ["components/", "contract/"],
};

/** How many folders deep the rooms are, at most. */
const DEPTH = 4;

/** A pattern for all paths that begin with one of these. */
function below(...paths) {
  return `^(${paths.map((path) => path.replaceAll(".", "\\.")).join("|")})`;
}

function importsOnly([room, allowed]) {
  const others = Object.keys(IMPORTS).filter((path) => path !== room && path.startsWith(room));
  return {
    name: `${room} imports only ${["its own files", ...allowed].join(", ")}`,
    severity: "error",
    from: { path: below(room), ...(others.length > 0 ? { pathNot: below(...others) } : {}) },
    to: { path: ROOMS, pathNot: below(room, ...allowed) },
  };
}

/**
 * The files of a folder use its inner rooms, never the reverse. dependency-cruiser counts an inner room as part of the folders around
 * it, and sees no circle between them.
 */
function importsNothingAround(levels) {
  return {
    name: "inner rooms do not import the files around them",
    severity: "error",
    from: { path: `^(.+)${"/[^/]+".repeat(levels)}/[^/]+$`, pathNot: "^tests/" },
    to: { path: "^$1/[^/]+$" },
  };
}

export default {
  forbidden: [
    { name: "no circle of files", severity: "error", from: {}, to: { circular: true } },
    { name: "no circle of folders", severity: "error", scope: "folder", from: {}, to: { circular: true } },
    ...Array.from({ length: DEPTH - 1 }, (_, index) => importsNothingAround(index + 1)),
    {
      name: "contract/ imports nothing: no room, no package, nothing of Node",
      severity: "error",
      from: { path: "^contract/" },
      to: { pathNot: "^contract/" },
    },
    {
      name: "components/workflow/ reaches no Pulumi",
      severity: "error",
      from: { path: "^components/workflow/" },
      to: { path: "(^|/)@pulumi/", reachable: true },
    },
    ...Object.entries(IMPORTS).map(importsOnly),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(bin|out|worker/dist|examples/(consumer|python))/" },
  },
};
