import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

import type ELK from "elkjs/lib/elk.bundled.js";
import type { ElkExtendedEdge, ElkNode, LayoutOptions as Spacing } from "elkjs/lib/elk.bundled.js";

import type { Outline, OutlinedState, Transition } from "../outline/outline";

/** The positions in a picture, in pixels from its upper left corner. */
export interface Layout {
  width: number;
  height: number;
  /** Containers come before their content. */
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

export interface PlacedNode {
  kind: "state" | "container" | "branch" | "start" | "end";
  x: number;
  y: number;
  width: number;
  height: number;
  /** Absent for branches and for the start and end marks. */
  state?: OutlinedState;
}

export interface PlacedEdge {
  from?: string;
  transition: Pick<Transition, "kind"> & Partial<Transition>;
  /** Points of a right-angled line. */
  points: { x: number; y: number }[];
}

/** Height of a container's title. */
const TITLE = 30;
export const FONT_SIZE = 13;
const NODE_HEIGHT = 34;
const SMALL_HEIGHT = 26;
const MARK = 18;
const SPACE: Spacing = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  // What leads back to an earlier state is drawn against the direction, not what leads on from it.
  "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
  "elk.separateConnectedComponents": "false",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.spacing.nodeNode": "22",
  "elk.spacing.edgeNode": "14",
  "elk.spacing.edgeEdge": "10",
  "elk.layered.spacing.nodeNodeBetweenLayers": "30",
  "elk.layered.spacing.edgeNodeBetweenLayers": "12",
};

export interface LayoutOptions {
  /** Runs the layout in its own thread. Defaults to false. */
  inThread?: boolean;
}

/** Lays out the state machine from top to bottom, with each Parallel or Map as a container of its branches. */
export async function layOut(machine: Outline, { inThread = false }: LayoutOptions = {}): Promise<Layout> {
  const sources = new Map<string, Source>();
  const graph = level("root", machine, sources, { top: true });
  const spacedGraph = { ...graph, layoutOptions: { ...SPACE, "elk.padding": padding(16, 16) } };
  const placed = await (inThread ? layOutInThread(spacedGraph) : layOutHere(spacedGraph));
  const layout: Layout = { width: placed.width!, height: placed.height!, nodes: [], edges: [] };
  collect(placed, { x: 0, y: 0 }, sources, layout);
  return layout;
}

/** The origin of a node or edge in the graph. */
type Source = Pick<PlacedNode, "kind" | "state"> | Pick<PlacedEdge, "from" | "transition">;

/** The layout engine has 1.6 MB, so it is loaded only for a picture. */
async function layOutHere(graph: ElkNode): Promise<ElkNode> {
  const { default: Elk } = (await import("elkjs/lib/elk.bundled.js")) as unknown as { default: typeof ELK };
  return new Elk().layout(graph);
}

/** Plain JavaScript, because a thread does not have this process's TypeScript compiler. */
const THREAD = `
  const { parentPort, workerData } = require("node:worker_threads");
  const Elk = require(workerData.engine);
  new Elk().layout(workerData.graph).then((placed) => parentPort.postMessage(placed));
`;

function layOutInThread(graph: ElkNode): Promise<ElkNode> {
  const engine = createRequire(__filename).resolve("elkjs/lib/elk.bundled.js");
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, { eval: true, execArgv: [], workerData: { engine, graph } });
    thread.once("message", resolve).once("error", reject);
  });
}

/** Builds the graph of the machine or of one branch. A transition never leaves its level. */
function level(id: string, { startAt, states }: Outline, sources: Map<string, Source>, { top = false } = {}): ElkNode {
  const children: ElkNode[] = [];
  const edges: ElkExtendedEdge[] = [];
  const names = states.map(({ name }) => name);
  const leadsBack = ({ from, transition: { to } }: Pick<PlacedEdge, "from" | "transition">): boolean =>
    from !== undefined && to !== undefined && names.indexOf(to) < names.indexOf(from);
  const connect = (from: string, to: string, source: Pick<PlacedEdge, "from" | "transition">): void => {
    const edge = `${id}/edge-${edges.length}`;
    sources.set(edge, source);
    const { kind } = source.transition;
    // The normal path should be straight, which what leads back is not.
    const straightness = (kind === "next" || kind === "choice") && !leadsBack(source) ? "100" : "0";
    const layoutOptions = { "elk.layered.priority.straightness": straightness };
    edges.push({ id: edge, sources: [from], targets: [to], layoutOptions });
  };
  const mark = (kind: "start" | "end"): string => {
    const node = `${id}/${kind}`;
    sources.set(node, { kind });
    children.push({ id: node, width: MARK, height: MARK });
    return node;
  };
  if (top) connect(mark("start"), stateId(startAt), { transition: { kind: "next" } });
  for (const state of states) {
    children.push(nodeOf(state, sources));
    for (const transition of state.transitions) {
      connect(stateId(state.name), stateId(transition.to), { from: state.name, transition });
    }
  }
  const last = states.filter(({ ends }) => ends);
  if (top && last.length > 0) {
    const end = mark("end");
    for (const { name } of last) connect(stateId(name), end, { from: name, transition: { kind: "next" } });
  }
  return { id, children, edges };
}

function nodeOf(state: OutlinedState, sources: Map<string, Source>): ElkNode {
  const id = stateId(state.name);
  if (state.branches.length === 0) {
    sources.set(id, { kind: "state", state });
    const job = state.type === "Task" || state.type === "Map" || state.type === "Parallel";
    return { id, width: widthOf(state), height: job ? NODE_HEIGHT : SMALL_HEIGHT };
  }
  sources.set(id, { kind: "container", state });
  const branches = state.branches.map((branch, index) => {
    const branchId = `${id}/${index}`;
    sources.set(branchId, { kind: "branch" });
    const layoutOptions = { ...SPACE, "elk.padding": padding(12, 12), "elk.alignment": "TOP" };
    return { ...level(branchId, branch, sources), layoutOptions };
  });
  return { id, children: branches, layoutOptions: { ...SPACE, "elk.padding": padding(TITLE + 4, 12) } };
}

function stateId(name: string): string {
  return `state:${name}`;
}

function padding(top: number, rest: number): string {
  return `[top=${top},left=${rest},bottom=${rest},right=${rest}]`;
}

/** The width of a text, large enough for any common font, because fonts differ between machines. */
export function textWidth(text: string, size = FONT_SIZE): number {
  return Math.ceil([...text].length * size * 0.6);
}

function widthOf({ name, retries }: OutlinedState): number {
  return Math.max(64, textWidth(name) + 26 + (retries > 0 ? 22 : 0));
}

function collect(node: ElkNode, at: { x: number; y: number }, sources: Map<string, Source>, into: Layout): void {
  for (const child of node.children ?? []) {
    const x = at.x + child.x!;
    const y = at.y + child.y!;
    const source = sources.get(child.id) as Pick<PlacedNode, "kind" | "state">;
    into.nodes.push({ ...source, x, y, width: child.width!, height: child.height! });
    collect(child, { x, y }, sources, into);
  }
  for (const edge of node.edges ?? []) {
    const source = sources.get(edge.id) as Pick<PlacedEdge, "from" | "transition">;
    const points = (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
      startPoint,
      ...bendPoints,
      endPoint,
    ]);
    into.edges.push({ ...source, points: points.map(({ x, y }) => ({ x: at.x + x, y: at.y + y })) });
  }
}
