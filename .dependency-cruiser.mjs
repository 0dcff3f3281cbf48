// Which room imports which, checked by `npm run lint`. "Development" in the README says it in words. Imports of types count too.

/** What this repository has to import. */
const ROOMS =
  "^(index\\.ts$|(contract|components|worker|runner|view|aws|cli|testing|stacks|tests|bench|examples|scripts)/)";

/** What each room imports of this repository, besides itself. */
const IMPORTS = {
  "components/": ["contract/"],
  "worker/": ["contract/"],
  "worker/fmp4/": [],
  // The runner evaluates a program and runs what it emits, whichever version of the component the program has.
  "runner/": ["contract/"],
  "view/": ["contract/"],
  "aws/": ["runner/", "contract/"],
  "cli/": ["view/", "aws/", "runner/", "contract/"],
  "testing/": ["runner/", "worker/plan/", "contract/"],
  // Stacks and examples use the package as any program does.
  "stacks/": ["index.ts"],
  "examples/": ["index.ts"],
  "index.ts": ["components/", "contract/"],
};

/** Files that import more than the rest of their room. */
const EXCEPTIONS = {
  // A preview shows what a program evaluates to.
  "view/preview/": ["contract/", "runner/synthesis/"],
  // In a folder without a program, commands use the component with its defaults.
  "cli/options/selection.ts": ["runner/", "contract/", "components/videoBatchPipeline.ts"],
};

/** Folders whose own files are shared by their inner rooms. In every other folder they are the front: they use the inner rooms. */
const SHARED = "^(view|worker/publish)/";

/** A pattern for all paths that begin with one of these. */
function below(...paths) {
  return `^(${paths.map((path) => path.replaceAll(".", "\\.")).join("|")})`;
}

function importsOnly([room, allowed]) {
  const exceptions = Object.keys(EXCEPTIONS).filter((path) => path !== room && path.startsWith(room));
  return {
    name: `${room} imports only ${["its own files", ...allowed].join(", ")}`,
    severity: "error",
    from: { path: below(room), ...(exceptions.length > 0 ? { pathNot: below(...exceptions) } : {}) },
    to: { path: ROOMS, pathNot: below(room in EXCEPTIONS ? room.split("/")[0] + "/" : room, ...allowed) },
  };
}

export default {
  forbidden: [
    { name: "no circle of files", severity: "error", from: {}, to: { circular: true } },
    { name: "no circle of folders", severity: "error", scope: "folder", from: {}, to: { circular: true } },
    {
      // dependency-cruiser counts an inner room as part of the folder around it, and sees no circle between the two.
      name: "inner rooms do not import the front of their folder",
      severity: "error",
      from: { path: "^(.+)/[^/]+/[^/]+$", pathNot: [SHARED, "^tests/"] },
      to: { path: "^$1/[^/]+$" },
    },
    {
      name: "what inner rooms share imports none of them",
      severity: "error",
      from: { path: `${SHARED}[^/]+$` },
      to: { path: "^$1/[^/]+/" },
    },
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
    ...Object.entries({ ...IMPORTS, ...EXCEPTIONS }).map(importsOnly),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(bin|out|worker/dist|examples/(consumer|python))/" },
  },
};
