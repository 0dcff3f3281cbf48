import { escapeMarkup } from "../text/markup";
import type { OutlinedState } from "../outline/outline";
import { arrowHead, round } from "./edges";
import { FONT_SIZE, type PlacedNode } from "./layout";
import type { Paint } from "./paint";
import * as palette from "./palette";

/** The result of a state in a run. */
export type Result = "running" | "succeeded" | "failed" | "cancelled";

export interface NodeContext {
  paint: Paint;
  queues: string[];
  /** If absent, the picture shows no run. */
  results?: Record<string, Result>;
}

export function drawNode(node: PlacedNode, context: NodeContext): string {
  const { paint, results } = context;
  const { kind, state, x, y, width, height } = node;
  const box = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  const centre = { x: x + width / 2, y: y + height / 2 };
  switch (kind) {
    case "start":
      return circle(centre, 6, paint.with({ fill: palette.TEXT }));
    case "end":
      return `${circle(centre, 7, `stroke-width="1.6" ${paint.with({ stroke: palette.TEXT })}`)}${circle(centre, 3.5, paint.with({ fill: palette.TEXT }))}`;
    case "branch":
      return `<rect ${box} rx="7" stroke-width="1" stroke-dasharray="3 3" ${paint.with({ fill: palette.BRANCH, stroke: palette.CONTAINER_LINE })}/>`;
    case "container": {
      const title = `<text x="${round(x + 12)}" y="${round(y + 20)}" font-size="${FONT_SIZE}" font-weight="bold" ${paint.with({ fill: palette.TEXT })}>${escapeMarkup(state!.name)}</text>`;
      const frame = `<rect ${box} rx="10" stroke-width="1.2" ${paint.with({ fill: palette.CONTAINER, stroke: palette.CONTAINER_LINE })}/>`;
      return `${frame}${title}${mark(state!, { x: x + width - 14, y: y + 15 }, context)}`;
    }
    case "state":
      return group(state!, results, [
        `<title>${escapeMarkup(hint(state!))}</title>`,
        outlineOf(state!, node, box, context),
        label(state!, node, paint),
        retry(state!, node, paint),
        mark(state!, { x: x + 1, y: y + 1 }, context),
      ]);
  }
}

function group({ name }: OutlinedState, results: NodeContext["results"], parts: string[]): string {
  const skipped = results !== undefined && results[name] === undefined;
  return `<g${skipped ? ' opacity="0.38"' : ""}>${parts.join("")}</g>`;
}

/** A choice has pointed sides, an end is round, and everything else is a box. Jobs have the colour of their queue. */
function outlineOf(
  state: OutlinedState,
  node: PlacedNode,
  box: string,
  { paint, queues, results }: NodeContext,
): string {
  const { x, y, width, height } = node;
  const failed = results?.[state.name] === "failed";
  const colours = coloursOf(state, queues);
  const look = `stroke-width="${failed ? 2.6 : 1.3}" ${paint.with({ fill: colours.fill, stroke: failed ? palette.CATCH : colours.line })}`;
  if (state.type === "Choice") {
    const points = [
      [x, y + height / 2],
      [x + 11, y],
      [x + width - 11, y],
      [x + width, y + height / 2],
      [x + width - 11, y + height],
      [x + 11, y + height],
    ];
    return `<polygon points="${points.map((point) => point.map(round).join(",")).join(" ")}" ${look}/>`;
  }
  return `<rect ${box} rx="${state.type === "Succeed" || state.type === "Fail" ? height / 2 : 6}" ${look}/>`;
}

function coloursOf({ type, queue }: OutlinedState, queues: string[]): { fill: palette.Colour; line: palette.Colour } {
  if (queue !== undefined) return palette.queueColours(queues.indexOf(queue));
  if (type === "Fail") return { fill: palette.SURFACE, line: palette.CATCH };
  if (type === "Succeed") return { fill: palette.SURFACE, line: palette.SUCCESS };
  return { fill: palette.PLAIN, line: palette.PLAIN_LINE };
}

function label({ name, retries, type }: OutlinedState, { x, y, width, height }: PlacedNode, paint: Paint): string {
  const size = type === "Task" ? FONT_SIZE : FONT_SIZE - 1;
  const middle = x + (retries > 0 ? width - 18 : width) / 2;
  const colour = type === "Task" ? palette.TEXT : palette.MUTED;
  return `<text x="${round(middle)}" y="${round(y + height / 2 + size * 0.36)}" font-size="${size}" text-anchor="middle" ${paint.with({ fill: colour })}>${escapeMarkup(name)}</text>`;
}

/** A loop at the right side, with the number of retries. */
function retry({ retries }: OutlinedState, { x, y, width, height }: PlacedNode, paint: Paint): string {
  if (retries === 0) return "";
  const [right, upper, lower] = [x + width, y + height * 0.24, y + height * 0.76];
  const loop = `M${round(right)},${round(upper)}c11,-2 11,${round(height * 0.52 + 2)} 4,${round(height * 0.52)}`;
  const head = arrowHead({ x: right + 8, y: lower }, { x: right, y: lower });
  const times = `<text x="${round(right - 5)}" y="${round(y + height / 2 + 3.5)}" font-size="10" text-anchor="end" ${paint.with({ fill: palette.MUTED })}>${retries}×</text>`;
  return `<path d="${loop}" stroke-width="1.2" ${paint.with({ stroke: palette.LINE })}/><path d="${head}" ${paint.with({ fill: palette.LINE })}/>${times}`;
}

/** A sign for the state's result, because not everybody can distinguish colours. */
function mark({ name }: OutlinedState, at: { x: number; y: number }, { paint, results }: NodeContext): string {
  const result = results?.[name];
  if (result === undefined) return "";
  const { colour, sign } = MARKS[result];
  const disc = circle(at, 7.5, `stroke-width="1.5" ${paint.with({ fill: colour, stroke: palette.SURFACE })}`);
  return `${disc}<path transform="translate(${round(at.x)},${round(at.y)})" d="${sign}" stroke-width="1.8" stroke-linecap="round" ${paint.with({ stroke: palette.SURFACE })}/>`;
}

export const MARKS: Record<Result, { colour: palette.Colour; sign: string; word: string }> = {
  succeeded: { colour: palette.SUCCESS, sign: "M-3.2,0.2L-0.9,2.6L3.2,-2.4", word: "succeeded" },
  failed: { colour: palette.CATCH, sign: "M-2.6,-2.6L2.6,2.6M2.6,-2.6L-2.6,2.6", word: "failed" },
  cancelled: { colour: palette.MUTED, sign: "M-3,0L3,0", word: "cancelled" },
  running: { colour: palette.LINE, sign: "M-1.8,-2.8L2.8,0L-1.8,2.8Z", word: "running" },
};

/** The tooltip of a state. */
function hint({ name, type, queue, service, waits, retries, transitions }: OutlinedState): string {
  const where =
    queue === undefined
      ? service === undefined
        ? ""
        : `, calls ${service}${waits ? " and waits for an answer" : ""}`
      : `, job on ${queue}`;
  const again = retries === 0 ? "" : `, up to ${retries} retries of service errors`;
  const condition = transitions.find(({ kind }) => kind === "choice")?.condition;
  return `${name}: ${type}${where}${again}${condition === undefined ? "" : `, if ${condition}`}`;
}

export function circle({ x, y }: { x: number; y: number }, radius: number, look: string): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" ${look}/>`;
}
