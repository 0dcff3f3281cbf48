import { Command } from "commander";

import type { Synthesis } from "../../runner/synthesis/synthesis";
import { differences, differenceText } from "../../view/preview/difference";
import { resourceTree } from "../../view/preview/resources";
import type { Output } from "../output/output";
import { synthesiseSelected, withSelection, type Selection } from "../options/selection";

interface PreviewCommandOptions extends Selection {
  against?: string;
  json?: boolean;
}

export function previewCommand(output: Output): Command {
  return withSelection(new Command("preview"))
    .description("List the resources that `pulumi up` would create, or what differs between two stacks.")
    .option("--against <name>", "another stack of the program, to show the differences from --stack to it")
    .option(
      "--json",
      "print an array of {type, name, urn, parent, inputs}, or with --against of {change, type, name, values}",
    )
    .addHelpText("after", "\nThis evaluates the program with mocked resources and sends nothing to AWS.")
    .action(async (options: PreviewCommandOptions) => {
      const synthesis = await synthesiseSelected(options, output);
      if (options.against === undefined) {
        output.stdout.write(options.json ? toJson(describeResources(synthesis)) : resourceTree(synthesis));
        return;
      }
      const other = await synthesiseSelected({ ...options, stack: options.against }, output);
      output.stdout.write(options.json ? toJson(differences(synthesis, other)) : differenceText(synthesis, other));
    });
}

function describeResources({ resources }: Synthesis): unknown[] {
  return resources.map(({ type, name, urn, parent, inputs }) => ({ type, name, urn, parent, inputs }));
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
