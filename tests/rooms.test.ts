import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { ICruiseOptions, ICruiseResult } from "dependency-cruiser";

const CONFIG = path.resolve(__dirname, "../.dependency-cruiser.mjs");

/** A small repository: what each file imports. */
const FILES: Record<string, string[]> = {
  // Every arrow that a room may have.
  "contract/plan.ts": ["contract/ladder.ts"],
  "contract/ladder.ts": [],
  "components/videoBatchPipeline.ts": ["contract/plan.ts", "components/queues/queue.ts", "@pulumi/pulumi"],
  "components/queues/queue.ts": ["contract/plan.ts", "@pulumi/pulumi"],
  "components/workflow/steps.ts": ["contract/plan.ts"],
  "worker/main.ts": ["worker/fmp4/box.ts", "contract/plan.ts", "node:fs"],
  "worker/fmp4/box.ts": [],
  "worker/plan/make.ts": ["contract/plan.ts"],
  "runner/run.ts": ["runner/synthesis/synthesis.ts", "runner/clock/clock.ts", "contract/plan.ts"],
  "runner/clock/clock.ts": [],
  "runner/synthesis/synthesis.ts": ["runner/clock/clock.ts"],
  "view/text/format.ts": ["contract/plan.ts"],
  "view/preview/facts.ts": ["view/text/format.ts", "runner/synthesis/synthesis.ts", "contract/plan.ts"],
  "view/report/page.ts": ["view/text/format.ts"],
  "aws/account.ts": ["runner/run.ts", "contract/plan.ts"],
  "cli/commandLine.ts": ["cli/options/selection.ts", "view/text/format.ts", "aws/account.ts", "runner/run.ts"],
  "cli/options/selection.ts": ["components/videoBatchPipeline.ts", "runner/run.ts", "contract/plan.ts"],
  "testing/index.ts": ["runner/run.ts", "worker/plan/make.ts", "contract/plan.ts"],
  "index.ts": ["components/videoBatchPipeline.ts", "contract/plan.ts"],
  "plugin/provider.ts": ["index.ts"],
  "stacks/index.ts": ["index.ts"],
  "examples/eks/index.ts": ["index.ts"],
  "bench/main.ts": ["worker/plan/make.ts", "runner/run.ts"],
  "tests/support.ts": ["worker/main.ts"],
};

/** An arrow for each rule that forbids it. It is added to the files above. */
const FORBIDDEN: [from: string, to: string, rule: string][] = [
  ["contract/ladder.ts", "contract/plan.ts", "no circle of files"],
  ["runner/clock/timer.ts", "runner/synthesis/synthesis.ts", "no circle of folders"],
  ["runner/batch/service.ts", "runner/localPrograms.ts", "inner rooms do not import the files around them"],
  ["worker/publish/hls/playlist.ts", "worker/commandLine.ts", "inner rooms do not import the files around them"],
  ["contract/plan.ts", "scripts/build.ts", "contract/ imports nothing: no room, no package, nothing of Node"],
  ["contract/plan.ts", "node:fs", "contract/ imports nothing: no room, no package, nothing of Node"],
  ["contract/plan.ts", "jsonata", "contract/ imports nothing: no room, no package, nothing of Node"],
  ["components/workflow/steps.ts", "@pulumi/pulumi", "components/workflow/ reaches no Pulumi"],
  ["components/workflow/steps.ts", "components/queues/queue.ts", "components/workflow/ reaches no Pulumi"],
  ["components/queues/queue.ts", "worker/main.ts", "components/ imports only its own files, contract/"],
  ["worker/main.ts", "tests/support/clips.ts", "worker/ imports only its own files, contract/"],
  ["worker/fmp4/box.ts", "contract/plan.ts", "worker/fmp4/ imports only its own files"],
  ["runner/run.ts", "components/queues/queue.ts", "runner/ imports only its own files, contract/"],
  ["runner/run.ts", "scripts/setup.ts", "runner/ imports only its own files, contract/"],
  ["view/report/page.ts", "runner/run.ts", "view/ imports only its own files, contract/"],
  [
    "view/preview/facts.ts",
    "runner/run.ts",
    "view/preview/ imports only its own files, view/, contract/, runner/synthesis/",
  ],
  ["aws/account.ts", "view/text/format.ts", "aws/ imports only its own files, runner/, contract/"],
  ["cli/commandLine.ts", "index.ts", "cli/ imports only its own files, view/, aws/, runner/, contract/"],
  [
    "cli/options/selection.ts",
    "components/queues/queue.ts",
    "cli/options/selection.ts imports only its own files, cli/, runner/, contract/, components/videoBatchPipeline.ts",
  ],
  ["testing/index.ts", "worker/main.ts", "testing/ imports only its own files, runner/, worker/plan/, contract/"],
  [
    "plugin/provider.ts",
    "components/queues/queue.ts",
    "plugin/ imports only its own files, index.ts, components/schema.json",
  ],
  [
    "stacks/index.ts",
    "components/queues/queue.ts",
    "stacks/ imports only its own files, index.ts, components/checks.ts, components/schema.json, components/structure/, contract/nearest.ts",
  ],
  ["examples/eks/index.ts", "runner/run.ts", "examples/ imports only its own files, index.ts"],
  ["index.ts", "bench/main.ts", "index.ts imports only its own files, components/, contract/"],
];

describe("the rules of who imports whom", () => {
  it("allow every arrow between the rooms", async () => {
    assert.deepEqual(await brokenRules(FILES), []);
  });

  for (const [from, to, rule] of FORBIDDEN) {
    it(`forbid an import of ${to} in ${from}`, async () => {
      assert.deepEqual(await brokenRules({ ...FILES, [to]: FILES[to] ?? [], [from]: [...(FILES[from] ?? []), to] }), [
        rule,
      ]);
    });
  }

  it("are all broken by one of these imports", async () => {
    const names = (await options()).ruleSet?.forbidden?.map(({ name }) => name);
    assert.deepEqual(new Set(FORBIDDEN.map(([, , rule]) => rule)), new Set(names));
  });
});

async function options(): Promise<ICruiseOptions> {
  const { default: read } = await import("dependency-cruiser/config-utl/extract-depcruise-options");
  return read(CONFIG);
}

/** Writes the files, cruises them, and returns the names of the rules that they break. */
async function brokenRules(files: Record<string, string[]>): Promise<string[]> {
  const { cruise } = await import("dependency-cruiser");
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), "rooms-test-")));
  try {
    for (const [file, imports] of Object.entries(files)) {
      mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
      const lines = imports.map((target) => `import type {} from "${specifier(file, target)}";\n`);
      writeFileSync(path.join(directory, file), lines.join(""));
    }
    const { output } = await cruise(["."], { ...(await options()), baseDir: directory });
    const { summary } = output as ICruiseResult;
    return [...new Set(summary.violations.map(({ rule }) => rule.name))];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function specifier(from: string, to: string): string {
  if (!/\.ts$/.test(to)) return to;
  const relative = path.relative(path.dirname(from), to).replace(/\.ts$/, "");
  return relative.startsWith(".") ? relative : `./${relative}`;
}
