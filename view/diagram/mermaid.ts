import { everyState, queuesOf, type Outline, type OutlinedState } from "../outline";
import { queueColours } from "./palette";

/** The state machine as a Mermaid flowchart, which GitHub renders in Markdown. */
export function mermaid(machine: Outline): string {
  const ids = new Map(everyState(machine).map(({ name }, index) => [name, `s${index}`]));
  const queues = queuesOf(machine);
  const lines = ["flowchart TB", `  start((" ")) --> ${ids.get(machine.startAt)}`];
  write(machine, "  ", ids, queues, lines);
  queues.forEach((queue, index) => {
    const { fill, line } = queueColours(index);
    lines.push(`  classDef queue${index} fill:${fill.light},stroke:${line.light},color:#1b2430`);
    const members = everyState(machine).flatMap((state) => (state.queue === queue ? ids.get(state.name)! : []));
    lines.push(`  class ${members.join(",")} queue${index}`);
  });
  return `${lines.join("\n")}\n`;
}

function write(level: Outline, indent: string, ids: Map<string, string>, queues: string[], lines: string[]): void {
  for (const state of level.states) {
    const id = ids.get(state.name)!;
    if (state.branches.length === 0) {
      lines.push(`${indent}${id}${shape(state)}`);
      continue;
    }
    lines.push(`${indent}subgraph ${id}[${quoted(state.name)}]`);
    state.branches.forEach((branch, index) => {
      lines.push(`${indent}  subgraph ${id}b${index}[" "]`);
      write(branch, `${indent}    `, ids, queues, lines);
      lines.push(`${indent}  end`);
    });
    lines.push(`${indent}end`);
  }
  for (const { name, transitions, retries } of level.states) {
    const from = ids.get(name)!;
    for (const { to, kind } of transitions) lines.push(`${indent}${from} ${ARROWS[kind]} ${ids.get(to)!}`);
    if (retries > 0) lines.push(`${indent}${from} -. "retry ≤ ${retries}" .-> ${from}`);
  }
}

const ARROWS = { next: "-->", choice: "-->", otherwise: `-- "else" -->`, catch: `-. "catch" .->` };

function shape({ name, type }: OutlinedState): string {
  const text = quoted(name);
  if (type === "Choice") return `{{${text}}}`;
  return type === "Succeed" || type === "Fail" ? `([${text}])` : `[${text}]`;
}

/** `#` and `"` have a special meaning in Mermaid texts. */
function quoted(text: string): string {
  return `"${text.replaceAll("#", "#35;").replaceAll('"', "#quot;")}"`;
}
