/** A row of the table. */
export interface Row {
  what: string;
  measured: string;
  against: string;
  ratio: string;
}

/** Medians of all rounds. The ratio is the median of the ratios per round, because the machine's load can change between rounds. */
export function ratioRow(what: string, measured: number[], against: number[], subject: string): Row {
  const ratios = measured.map((value, round) => value / (against[round] as number));
  return {
    what,
    measured: figures(median(measured)),
    against: `${figures(median(against))}, ${subject}`,
    ratio: `${median(ratios).toFixed(2)}×`,
  };
}

export function plainRow(what: string, measured: number[]): Row {
  return { what, measured: figures(median(measured)), against: "", ratio: "" };
}

/** Three significant figures. */
export function figures(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

export function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Measures both sides of a comparison in each round, so that temporary load slows both. */
export async function measureRounds<T>(rounds: number, round: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < rounds; i++) results.push(await round());
  return results;
}

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
