import type { PlacedEdge } from "./layout";
import type { Paint } from "./paint";
import { CATCH, LINE } from "./palette";

interface Point {
  x: number;
  y: number;
}

const RADIUS = 5;
const HEAD = 7;

/** Draws a right-angled arrow. Errors are red and dashed, and the default of a choice is dotted. */
export function drawEdge({ points, transition }: PlacedEdge, paint: Paint, faint: boolean): string {
  if (points.length < 2) return "";
  const colour = transition.kind === "catch" ? CATCH : LINE;
  const dashes = { catch: ` stroke-dasharray="5 3"`, otherwise: ` stroke-dasharray="2 3"`, next: "", choice: "" };
  const path = `<path d="${roundedPath(points)}" stroke-width="1.4"${dashes[transition.kind]} ${paint.with({ stroke: colour })}/>`;
  const head = `<path d="${arrowHead(points.at(-2)!, points.at(-1)!)}" ${paint.with({ fill: colour })}/>`;
  return `<g${faint ? ' opacity="0.3"' : ""}>${path}${head}</g>`;
}

/** The path of an edge, with corners rounded where there is room. It ends where the arrow's head begins. */
function roundedPath(points: Point[]): string {
  const corners = [...points.slice(0, -1), towards(points.at(-1)!, points.at(-2)!, HEAD - 1)];
  const commands = [`M${at(corners[0]!)}`];
  for (let index = 1; index < corners.length - 1; index++) {
    const corner = corners[index]!;
    const [before, after] = [corners[index - 1]!, corners[index + 1]!];
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    commands.push(`L${at(towards(corner, before, radius))}`);
    commands.push(`Q${at(corner)} ${at(towards(corner, after, radius))}`);
  }
  return [...commands, `L${at(corners.at(-1)!)}`].join("");
}

export function arrowHead(from: Point, to: Point): string {
  const length = distance(from, to) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const base = { x: to.x - along.x * HEAD, y: to.y - along.y * HEAD };
  const side = (sign: number): Point => ({ x: base.x - sign * along.y * 3.5, y: base.y + sign * along.x * 3.5 });
  return `M${at(to)}L${at(side(1))}L${at(side(-1))}Z`;
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function at({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

/** Rounds to tenths of a pixel, so that the picture is the same on every machine. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
