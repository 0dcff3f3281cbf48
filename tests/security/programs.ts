import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { VideoBatchPipelineArgs } from "../../index";
import { synthesiseFolder, type Synthesis } from "../../testing";
import { bundleWorker, IMAGE, synthesisePipeline } from "../support/pipeline";

const ROOT = path.join(__dirname, "..", "..");

/** Everything that can be switched on. */
export const EVERYTHING: VideoBatchPipelineArgs = {
  image: IMAGE,
  encryption: { enableKey: true },
  storage: { inputBuckets: ["masters"] },
  trigger: {
    uploads: {},
    schedules: [{ name: "news", expression: "rate(1 day)", input: "s3://masters/news.mp4" }],
  },
  notifications: { emailAddresses: ["a@example.com"] },
  monitoring: { enableTracing: true },
  jobs: {
    features: {
      secrets: { KEY: "arn:aws:ssm:us-east-1:123456789012:parameter/key" },
      efsMounts: [
        {
          fileSystemArn: "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-1",
          path: "/models",
          enableWrites: true,
        },
      ],
    },
  },
};

/** Without what an example makes around its pipeline, which is there to show one thing. */
function ofPipeline(synthesis: Synthesis): Synthesis {
  const component = synthesis.resources.find(({ type }) => type === "video-batch-pipeline:index:VideoBatchPipeline");
  const resources = synthesis.resources.filter(({ urn, parent }) => [urn, parent].includes(component?.urn ?? ""));
  return { ...synthesis, resources };
}

function importsComponent(file: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8").includes('from "../../index"');
}

/** Every example, both stacks, no arguments at all, and everything at once. */
export function allPrograms(): Promise<[name: string, synthesis: Synthesis][]> {
  return (made ??= makeAll());
}

let made: ReturnType<typeof makeAll> | undefined;

async function makeAll(): Promise<[name: string, synthesis: Synthesis][]> {
  bundleWorker();
  // Others use the package as it is installed, as a test of theirs does: their pipelines are made of the same resources.
  const examples = readdirSync(path.join(ROOT, "examples"))
    .map((name) => path.join("examples", name))
    .filter((folder) => importsComponent(path.join(ROOT, folder, "index.ts")));
  const programs: [string, () => Promise<Synthesis>][] = [
    ...examples.map((folder): [string, () => Promise<Synthesis>] => [
      folder,
      () => synthesiseFolder(path.join(ROOT, folder)),
    ]),
    ["stack dev", () => synthesiseFolder(ROOT, "dev")],
    ["stack prod", () => synthesiseFolder(ROOT, "prod")],
    ["no arguments", () => synthesisePipeline({ image: IMAGE })],
    ["everything", () => synthesisePipeline(EVERYTHING)],
  ];
  const all: [string, Synthesis][] = [];
  // Pulumi's settings are those of the process: one at a time.
  for (const [name, make] of programs) all.push([name, ofPipeline(await make())]);
  return all;
}
