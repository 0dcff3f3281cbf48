import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { startRealEngine, type RealEngine } from "../tests/engine/realEngine";
import { copyRepository } from "../tests/support/repositoryCopy";
import { measureRounds, ratioRow, type Row } from "./rows";

const PROGRAM = 'import * as aws from "@pulumi/aws";\nexport const name = new aws.s3.Bucket("videos").id;\n';

/** A new program's tsconfig.json, and one as those of this repository. */
const CONFIGURATIONS = {
  checked: { compilerOptions: { strict: true, target: "ES2020", module: "commonjs", moduleResolution: "node" } },
  swc: { extends: "../../tsconfig.ts-node.json", compilerOptions: { target: "ES2022" } },
};

/** Compares `pulumi preview` of the dev program with that of a program that has one bucket. */
export async function preview(rounds: number): Promise<Row[]> {
  const engine = await startRealEngine({
    timeout: () => undefined,
    skip: () => {
      throw new Error("This benchmark needs the Pulumi CLI.");
    },
  });
  const copy = copyRepository();
  try {
    const bucket = (name: keyof typeof CONFIGURATIONS): string => writeBucket(copy.directory, name);
    const directories = { dev: copy.directory, checked: bucket("checked"), swc: bucket("swc") };
    for (const directory of Object.values(directories)) await engine.stackIn({ name: "dev", directory });
    const measured = await measureRounds(rounds, async () => ({
      dev: await secondsOf(engine, directories.dev),
      checked: await secondsOf(engine, directories.checked),
      swc: await secondsOf(engine, directories.swc),
    }));
    const row = (what: string, against: "checked" | "swc", subject: string): Row =>
      ratioRow(
        what,
        measured.map(({ dev }) => dev),
        measured.map((round) => round[against]),
        subject,
      );
    return [
      row("`pulumi preview` of dev, s", "checked", "of a new program with one bucket"),
      row("… with the same compiler", "swc", "of the program with one bucket"),
    ];
  } finally {
    copy.remove();
    engine.stop();
  }
}

function writeBucket(repository: string, name: keyof typeof CONFIGURATIONS): string {
  const directory = path.join(repository, "examples", `bucket-${name}`);
  mkdirSync(directory);
  writeFileSync(path.join(directory, "tsconfig.json"), JSON.stringify(CONFIGURATIONS[name]));
  writeFileSync(path.join(directory, "Pulumi.yaml"), `name: bucket-${name}\nruntime: nodejs\nmain: index.ts\n`);
  writeFileSync(path.join(directory, "index.ts"), PROGRAM);
  return directory;
}

async function secondsOf(engine: RealEngine, cwd: string): Promise<number> {
  const started = performance.now();
  const { status, stdout, stderr } = await engine.cli(["preview", "--stack", "dev", "--non-interactive"], { cwd });
  if (status !== 0) throw new Error(`pulumi preview failed in ${cwd}:\n${stdout}${stderr}`);
  return (performance.now() - started) / 1000;
}
