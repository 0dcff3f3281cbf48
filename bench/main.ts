import { measureEvaluation } from "./evaluation";
import { measureLocalRun } from "./localRun";

/** Both sides of a comparison run in turn, so that a machine that is busy for a while slows both. */
const ROUNDS = 3;

async function main(): Promise<void> {
  const evaluations = await inTurn(measureEvaluation);
  const definition = evaluations.map((round) => round.definition);
  const imports = evaluations.map((round) => round.imports);
  const runs = await inTurn(measureLocalRun);
  const rows = [
    ["", "measured", "against", "ratio"],
    row(
      "evaluate dev and its definition, s",
      median(definition.map(({ seconds }) => seconds)),
      median(imports.map(({ seconds }) => seconds)),
    ),
    row(
      "… peak memory, MiB",
      median(definition.map(({ peakMiB }) => peakMiB!)),
      median(imports.map(({ peakMiB }) => peakMiB!)),
    ),
    row(
      "local run, 20 s of 1080p, s",
      median(runs.map(({ run }) => run)),
      median(runs.map(({ oneCommand }) => oneCommand)),
    ),
    ["… of which no job was running, s", median(runs.map(({ bookkeeping }) => bookkeeping)).toFixed(2), "", ""],
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  for (const cells of rows) {
    console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "));
  }
  console.log(
    "\nAgainst: importing the aws modules that the component uses; one ffmpeg command that decodes once and encodes" +
      `\nthe same ladder to fMP4 HLS. Medians of ${ROUNDS} rounds, both sides in turn.`,
  );
}

async function inTurn<T>(round: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < ROUNDS; i++) results.push(await round());
  return results;
}

function row(what: string, measured: number, against: number): string[] {
  return [what, measured.toFixed(2), against.toFixed(2), `${(measured / against).toFixed(2)}×`];
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

void main();
