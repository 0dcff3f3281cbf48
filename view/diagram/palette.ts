/** A colour for a light and for a dark background. */
export interface Colour {
  light: string;
  dark: string;
}

const colour = (light: string, dark: string): Colour => ({ light, dark });

export const SURFACE = colour("#ffffff", "#14171c");
export const TEXT = colour("#1b2430", "#e7ecf2");
export const MUTED = colour("#5a6675", "#9aa7b6");
export const LINE = colour("#7b8796", "#7f8c9b");
export const CONTAINER = colour("#f5f7f9", "#1b2027");
export const CONTAINER_LINE = colour("#d3dae2", "#39424e");
export const BRANCH = colour("#ffffff", "#14171c");
export const PLAIN = colour("#eef1f4", "#2a313a");
export const PLAIN_LINE = colour("#98a4b2", "#66727f");
export const CATCH = colour("#c2382d", "#ff8a7d");
export const SUCCESS = colour("#187a45", "#57cf8c");

/** Fill and outline of each queue's jobs. They differ in hue and in lightness, for people who can't distinguish all hues. */
const QUEUES: { fill: Colour; line: Colour }[] = [
  { fill: colour("#ffe3b8", "#5c3d0c"), line: colour("#b86e00", "#f0a83a") },
  { fill: colour("#d3e6fb", "#143a61"), line: colour("#2168b0", "#6fb2f2") },
  { fill: colour("#e4dbf8", "#3a2a63"), line: colour("#6b48b8", "#b497f5") },
  { fill: colour("#d0efe6", "#0f4538"), line: colour("#0b7a5e", "#4fcfa9") },
  { fill: colour("#fadbe6", "#5a1f37"), line: colour("#b03067", "#f288b0") },
  { fill: colour("#e8ebc4", "#414511"), line: colour("#6e7510", "#c6cf4d") },
];

/** Colours of queues in the order in which they appear. They repeat after six queues. */
export function queueColours(queue: number): { fill: Colour; line: Colour } {
  return QUEUES[queue % QUEUES.length]!;
}
