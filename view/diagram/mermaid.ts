import { everyState, queuesOf, type Outline, type OutlinedState } from "../outline/outline";
import { queueColours } from "./palette";

/** The state machine as a Mermaid flowchart, which GitHub renders in Markdown. */
export function mermaid(machine: Outline): string {
  const ids = new Map(everyState(machine).map(({ name }, index) => [name, `s${index}`]));
  const lines = ["flowchart TB", `  start((" ")) --> ${ids.get(machine.startAt)}`, ...levelLines(machine, "  ", ids)];
  queuesOf(machine).forEach((queue, index) => {
    const { fill, line } = queueColours(index);
    lines.push(`  classDef queue${index} fill:${fill.light},stroke:${line.light},color:#1b2430`);
    const members = everyState(machine).flatMap((state) => (state.queue === queue ? ids.get(state.name)! : []));
    lines.push(`  class ${members.join(",")} queue${index}`);
  });
  return `${lines.join("\n")}\n`;
}

function levelLines({ states }: Outline, indent: string, ids: Map<string, string>): string[] {
  return [
    ...states.flatMap((state) => stateLines(state, indent, ids)),
    ...states.flatMap((state) => arrowLines(state, indent, ids)),
  ];
}

function stateLines(state: OutlinedState, indent: string, ids: Map<string, string>): string[] {
  const id = ids.get(state.name)!;
  if (state.branches.length === 0) return [`${indent}${id}${shape(state)}`];
  const branches = state.branches.flatMap((branch, index) => [
    `${indent}  subgraph ${id}b${index}[" "]`,
    ...levelLines(branch, `${indent}    `, ids),
    `${indent}  end`,
  ]);
  return [`${indent}subgraph ${id}[${quote(state.name)}]`, ...branches, `${indent}end`];
}

function arrowLines({ name, transitions, retries }: OutlinedState, indent: string, ids: Map<string, string>): string[] {
  const from = ids.get(name)!;
  return [
    ...transitions.map(({ to, kind }) => `${indent}${from} ${ARROWS[kind]} ${ids.get(to)!}`),
    ...(retries > 0 ? [`${indent}${from} -. "retry ≤ ${retries}" .-> ${from}`] : []),
  ];
}

const ARROWS = { next: "-->", choice: "-->", otherwise: `-- "else" -->`, catch: `-. "catch" .->` };

function shape({ name, type }: OutlinedState): string {
  const text = quote(name);
  if (type === "Choice") return `{{${text}}}`;
  return type === "Succeed" || type === "Fail" ? `([${text}])` : `[${text}]`;
}

/** `#` and `"` have a special meaning in Mermaid texts. */
function quote(text: string): string {
  return `"${text.replaceAll("#", "#35;").replaceAll('"', "#quot;")}"`;
}
