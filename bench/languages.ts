import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { installHost } from "../tests/engine/hosts/goHosts";
import { Example } from "../tests/engine/languages/example";
import { pipSettings } from "../tests/engine/languages/tools";
import { startRealEngine, type RealEngine } from "../tests/engine/realEngine";
import { copyRepository } from "../tests/support/repositoryCopy";
import { measureRounds, ratioRow, type Row } from "./rows";

const BUCKET = `name: bucket
runtime: yaml
resources:
  bucket:
    type: aws:s3:Bucket
`;

/** Compares previews of programs in other languages with the one of a single bucket in YAML: same CLI, same stand-ins of AWS. */
export async function languages(rounds: number): Promise<Row[]> {
  const engine = await startRealEngine({ skip: () => process.exit(1), timeout: () => undefined });
  const copy = copyRepository();
  try {
    for (const language of ["yaml", "python"] as const) installHost(language);
    const [yaml, python] = [new Example(engine, copy, "yaml"), new Example(engine, copy, "python")];
    await yaml.prepare({});
    await python.prepare(pipSettings());
    const bucket = await oneBucket(engine);
    const measured = await measureRounds(rounds, async () => ({
      bucket: await secondsOfPreview(engine, bucket),
      yaml: await secondsOfPreview(engine, yaml.directory),
      python: await secondsOfPreview(engine, python.directory),
    }));
    return (["yaml", "python"] as const).map((example) =>
      ratioRow(
        `preview examples/${example}, s`,
        measured.map((seconds) => seconds[example]),
        measured.map((seconds) => seconds.bucket),
        "one bucket in YAML",
      ),
    );
  } finally {
    engine.stop();
    copy.remove();
  }
}

async function oneBucket(engine: RealEngine): Promise<string> {
  const directory = path.join(engine.directory, "bucket");
  mkdirSync(directory);
  writeFileSync(path.join(directory, "Pulumi.yaml"), BUCKET);
  await run(engine, directory, "stack", "init", "dev");
  await run(engine, directory, "config", "set", "aws:region", "eu-west-1");
  return directory;
}

async function secondsOfPreview(engine: RealEngine, directory: string): Promise<number> {
  const started = performance.now();
  await run(engine, directory, "preview", "--stack", "dev");
  return (performance.now() - started) / 1000;
}

async function run(engine: RealEngine, cwd: string, ...args: string[]): Promise<void> {
  const { status, stdout, stderr } = await engine.cli(args, { cwd });
  if (status !== 0) throw new Error(`pulumi ${args.join(" ")} exited ${status}:\n${stdout}${stderr}`);
}
