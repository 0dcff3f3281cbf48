import { Command } from "commander";

import type { Synthesis } from "../../runner/synthesis/synthesis";
import { differences, differenceText } from "../../view/preview/difference";
import { resourceTree } from "../../view/preview/resources";
import { withHelp } from "../help/commandHelp";
import { fitLine } from "../output/fitLine";
import type { Output } from "../output/output";
import { synthesiseSelected, withSelection, type Selection } from "../options/selection";

interface PreviewCommandOptions extends Selection {
  against?: string;
  json?: boolean;
}

export function previewCommand(output: Output): Command {
  return withHelp(withSelection(new Command("preview")), {
    examples: [
      { what: "The resources of the stack dev:", args: "preview --stack dev" },
      { what: "What differs in prod:", args: "preview --stack dev --against prod" },
    ],
    notes: ["This evaluates the program with mocked resources and sends nothing to AWS."],
  })
    .description("List the resources that `pulumi up` would create, or what differs between two stacks.")
    .option("--against <name>", "another stack of the program, to show the differences from --stack to it")
    .option(
      "--json",
      "print an array of {type, name, urn, parent, inputs}, or with --against of {change, type, name, values}",
    )
    .action(async (options: PreviewCommandOptions) => {
      const synthesis = await synthesiseSelected(options, output);
      const fit = (text: string): string => text.replace(/^.+$/gm, (line) => fitLine(line, output.stdout.columns));
      if (options.against === undefined) {
        output.stdout.write(options.json ? toJson(describeResources(synthesis)) : fit(resourceTree(synthesis)));
        return;
      }
      const other = await synthesiseSelected({ ...options, stack: options.against }, output);
      output.stdout.write(options.json ? toJson(differences(synthesis, other)) : fit(differenceText(synthesis, other)));
    });
}

function describeResources({ resources }: Synthesis): unknown[] {
  return resources.map(({ type, name, urn, parent, inputs }) => ({ type, name, urn, parent, inputs }));
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
