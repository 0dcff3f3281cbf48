import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { measureNode, ROOT } from "./child";
import { measureRounds, ratioRow, type Row } from "./rows";

/** Compares importing the published component with importing the Pulumi modules that its files import. */
export async function imports(rounds: number): Promise<Row[]> {
  const build = spawnSync(process.execPath, [path.join(ROOT, "scripts", "build.mjs")], { stdio: ["ignore", 2, 2] });
  if (build.status !== 0) throw new Error("The package could not be built.");
  const requires = pulumiModules().map((name) => `require(${JSON.stringify(name)})`);
  const measured = await measureRounds(rounds, async () => ({
    component: await measureNode("-e", `require(${JSON.stringify(path.join(ROOT, "bin", "index.js"))})`),
    modules: await measureNode("-e", requires.join(";")),
  }));
  const row = (what: string, value: "cpuSeconds" | "peakMiB"): Row =>
    ratioRow(
      what,
      measured.map(({ component }) => component[value]!),
      measured.map(({ modules }) => modules[value]!),
      "importing the aws modules that it uses",
    );
  return [row("import the component, s of the processor", "cpuSeconds"), row("… peak memory, MiB", "peakMiB")];
}

/** The modules that the component's files import at run time. */
export function pulumiModules(): string[] {
  const directory = path.join(ROOT, "components");
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const found = files.flatMap((file) => [
    ...readFileSync(path.join(directory, file), "utf8").matchAll(/^import (?!type )[^;]*? from "(@pulumi\/[^"]+)";/gm),
  ]);
  return [...new Set(found.map(([, name]) => name as string))].sort();
}
