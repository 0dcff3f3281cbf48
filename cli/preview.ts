import { Command } from "commander";

import type { Synthesis, SynthesisedResource } from "../runner/synthesis";
import type { Output } from "./output";
import { selected, withSelection, type Selection } from "./selection";

export function previewCommand(output: Output): Command {
  return withSelection(new Command("preview"))
    .description("List the resources that `pulumi up` would create.")
    .option("--json", "as an array of {type, name, urn, parent, inputs}")
    .addHelpText(
      "after",
      "\nThe program is evaluated in this process with mocked resources: AWS is not asked for anything.",
    )
    .action(async (options: Selection & { json?: boolean }) => {
      const synthesis = await selected(options, output);
      output.stdout.write(options.json ? json(synthesis) : tree(synthesis));
    });
}

function json({ resources }: Synthesis): string {
  const listed = resources.map(({ type, name, urn, parent, inputs }) => ({ type, name, urn, parent, inputs }));
  return `${JSON.stringify(listed, null, 2)}\n`;
}

/** One line a resource, children below their parent. */
function tree({ project, stack, resources }: Synthesis): string {
  const lines: string[] = [];
  const known = new Set(resources.map((resource) => resource.urn));
  const roots = resources.filter((resource) => !known.has(resource.parent));
  const widest = Math.max(0, ...resources.map((resource) => resource.name.length));
  const walk = (resource: SynthesisedResource, depth: number): void => {
    lines.push(`${"  ".repeat(depth)}${resource.name.padEnd(widest + 2 - 2 * Math.min(depth, 1))}  ${resource.type}`);
    for (const child of resources.filter((other) => other.parent === resource.urn)) walk(child, depth + 1);
  };
  roots.forEach((root) => walk(root, 0));
  return `${lines.join("\n")}\n\n${resources.length} resources in ${project}/${stack}\n`;
}
