import { countNoun } from "../text/format";
import { escapeMarkup } from "../text/markup";
import { everyState, queuesOf, type Outline } from "../outline/outline";
import { drawEdge } from "./edges";
import { drawLegend, type LegendQueue } from "./legend";
import { layOut, type Layout, type PlacedEdge } from "./layout";
import { drawNode, type Result } from "./nodes";
import { Paint, type Theme } from "./paint";
import { SURFACE } from "./palette";

export interface DiagramOptions {
  /** Name of the state machine, for screen readers. */
  title: string;
  /** `auto`, the default, follows the reader's browser. */
  theme?: Theme;
  /** Priorities by queue name, for the legend. */
  priorities?: Record<string, number>;
  /** Results of the states in a run, by name. States without a result were not entered. */
  results?: Record<string, Result>;
  /** The layout, if it is already known. */
  layout?: Layout;
}

/** Draws a state machine as an SVG picture without scripts, filters or embedded fonts. */
export async function diagram(machine: Outline, options: DiagramOptions): Promise<string> {
  const { title, theme = "auto", priorities = {}, results } = options;
  const { nodes, edges, ...size } = options.layout ?? (await layOut(machine));
  const paint = new Paint(theme);
  const queues = queuesOf(machine);
  const drawnNodes = [
    ...nodes.filter(({ kind }) => kind === "container" || kind === "branch"),
    ...nodes.filter(({ kind }) => kind !== "container" && kind !== "branch"),
  ].map((node) => drawNode(node, { paint, queues, results }));
  const lines = edges.map((edge) => drawEdge(edge, paint, results !== undefined && !wasTaken(edge, results)));
  const legend = drawLegend({
    paint,
    queues: queues.map((name): LegendQueue => ({ name, priority: priorities[name] })),
    kinds: new Set(edges.map(({ transition }) => transition.kind)),
    retries: everyState(machine).some(({ retries }) => retries > 0),
    results: new Set(Object.values(results ?? {})),
    top: size.height,
    width: Math.max(size.width, 320),
  });
  const width = Math.ceil(Math.max(size.width, 320));
  const height = Math.ceil(size.height + legend.height);
  const containers = drawnNodes.slice(0, nodes.filter(({ kind }) => kind === "container" || kind === "branch").length);
  return [
    `<svg class="vbp" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<desc>${escapeMarkup(describe(machine))}</desc>`,
    `<rect width="${width}" height="${height}" rx="10" ${paint.with({ fill: SURFACE })}/>`,
    ...containers,
    ...lines,
    ...drawnNodes.slice(containers.length),
    legend.svg,
    // The style comes last, when all colours are known.
    paint.style(),
    "</svg>\n",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** Describes the state machine in words. */
function describe(machine: Outline): string {
  const { states } = machine;
  const all = everyState(machine);
  const queues = queuesOf(machine).map(
    (queue) => `${countNoun(all.filter((state) => state.queue === queue).length, "job")} on ${queue}`,
  );
  return `${states.map(({ name }) => name).join(", ")}. ${[countNoun(all.length, "state"), ...queues].join(", ")}.`;
}

function wasTaken({ from, transition }: PlacedEdge, results: Record<string, Result>): boolean {
  const left = from === undefined || results[from] !== undefined;
  const arrived = transition.to === undefined || results[transition.to] !== undefined;
  if (!left || !arrived) return false;
  const caught = from !== undefined && results[from] === "failed";
  return transition.kind === "catch" ? caught : !caught;
}
