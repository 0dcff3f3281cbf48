import { escapeMarkup } from "../text/markup";
import type { Transition } from "../outline/outline";
import { arrowHead, round } from "./edges";
import { textWidth } from "./layout";
import { circle, MARKS, type Result } from "./nodes";
import type { Paint } from "./paint";
import { CATCH, LINE, MUTED, queueColours, SURFACE } from "./palette";

export interface LegendQueue {
  name: string;
  priority?: number;
}

export interface LegendOptions {
  paint: Paint;
  queues: LegendQueue[];
  /** Kinds of arrows in the picture. */
  kinds: Set<Transition["kind"]>;
  retries: boolean;
  results: Set<Result>;
  /** Top edge and maximum width. */
  top: number;
  width: number;
}

interface Entry {
  text: string;
  /** Draws a sample of 26 by 14 pixels around this centre. */
  sample: (x: number, y: number) => string;
}

const ROW = 24;
const MARGIN = 20;
const FONT = 12;

/** Draws the meaning of colours and lines, in as many rows as needed. */
export function drawLegend(options: LegendOptions): { svg: string; height: number } {
  const { paint, top, width } = options;
  let x = MARGIN;
  let row = 0;
  const drawn = entries(options).map(({ text, sample }) => {
    const entryWidth = 34 + textWidth(text, FONT) + 18;
    if (x > MARGIN && x + entryWidth > width) {
      x = MARGIN;
      row++;
    }
    const y = top + 14 + row * ROW;
    const label = `<text x="${round(x + 34)}" y="${round(y + 4)}" font-size="${FONT}" ${paint.with({ fill: MUTED })}>${escapeMarkup(text)}</text>`;
    const at = x;
    x += entryWidth;
    return `${sample(at + 13, y)}${label}`;
  });
  return { svg: `<g>${drawn.join("")}</g>`, height: 14 + (row + 1) * ROW };
}

function entries({ paint, queues, kinds, retries, results }: LegendOptions): Entry[] {
  const arrow =
    (colour: typeof LINE, dashes: string) =>
    (x: number, y: number): string =>
      `<path d="M${round(x - 13)},${round(y)}h20" stroke-width="1.4"${dashes} ${paint.with({ stroke: colour })}/>` +
      `<path d="${arrowHead({ x, y }, { x: x + 13, y })}" ${paint.with({ fill: colour })}/>`;
  const list: Entry[] = queues.map(({ name, priority }, index) => {
    const { fill, line } = queueColours(index);
    return {
      text: priority === undefined ? name : `${name} (priority ${priority})`,
      sample: (x, y) =>
        `<rect x="${round(x - 12)}" y="${round(y - 7)}" width="24" height="14" rx="4" stroke-width="1.3" ${paint.with({ fill, stroke: line })}/>`,
    };
  });
  if (kinds.has("otherwise")) list.push({ text: "otherwise", sample: arrow(LINE, ' stroke-dasharray="2 3"') });
  if (kinds.has("catch")) list.push({ text: "on failure", sample: arrow(CATCH, ' stroke-dasharray="5 3"') });
  if (retries) {
    list.push({
      text: "retries of service errors",
      sample: (x, y) =>
        `<path d="M${round(x - 4)},${round(y - 5)}c12,-2 12,12 4,10" stroke-width="1.2" ${paint.with({ stroke: LINE })}/>` +
        `<path d="${arrowHead({ x: x + 4, y: y + 5 }, { x: x - 5, y: y + 5 })}" ${paint.with({ fill: LINE })}/>`,
    });
  }
  for (const result of ["succeeded", "failed", "cancelled", "running"] as const) {
    if (!results.has(result)) continue;
    const { colour, sign, word } = MARKS[result];
    list.push({
      text: word,
      sample: (x, y) =>
        `${circle({ x, y }, 7.5, paint.with({ fill: colour }))}<path transform="translate(${round(x)},${round(y)})" d="${sign}" stroke-width="1.8" ${paint.with({ stroke: SURFACE })}/>`,
    });
  }
  return list;
}
