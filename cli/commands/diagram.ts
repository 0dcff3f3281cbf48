import { writeFileSync } from "node:fs";
import path from "node:path";

import { Command, Option } from "commander";

import { readDeployment } from "../../runner/synthesis/deployment";
import { UsageError } from "../../contract/usageError";
import { diagram } from "../../view/diagram/diagram";
import { mermaid } from "../../view/diagram/mermaid";
import type { Theme } from "../../view/diagram/paint";
import { outline } from "../../view/outline/outline";
import { stepsOnly } from "../../view/outline/steps";
import { withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";
import { synthesisePipeline, withSelection, type Selection } from "../options/selection";

interface DiagramCommandOptions extends Selection {
  output?: string;
  format: "svg" | "mermaid";
  theme: Theme;
  outline?: true;
}

export function diagramCommand(output: Output): Command {
  return withHelp(withSelection(new Command("diagram")), {
    examples: [
      { what: "A picture of every state:", args: "diagram --stack dev --output machine.svg" },
      { what: "A picture of the steps alone, for a page:", args: "diagram --stack dev --outline --output steps.svg" },
      { what: "Mermaid text for Markdown, which GitHub renders:", args: "diagram --stack dev --format mermaid" },
    ],
  })
    .description("Draw the state machine with its branches, queues, retries and failure paths.")
    .option("--outline", "only the steps, without choices, retries and failure paths")
    .option("-o, --output <file>", "file for the picture, instead of stdout")
    .addOption(
      new Option("--format <format>", "an SVG picture, or Mermaid text for Markdown")
        .choices(["svg", "mermaid"])
        .default("svg"),
    )
    .addOption(
      new Option("--theme <theme>", "colours of the SVG; auto follows the reader's browser")
        .choices(["auto", "light", "dark"])
        .default("auto"),
    )
    .action(async (options: DiagramCommandOptions) => {
      const { stateMachine, batch } = readDeployment(await synthesisePipeline(options, output));
      const whole = outline(stateMachine.definition);
      const machine = options.outline ? stepsOnly(whole) : whole;
      const priorities = Object.fromEntries(batch.queues.map(({ name, priority }) => [name, priority]));
      const picture =
        options.format === "mermaid"
          ? mermaid(machine)
          : await diagram(machine, { title: `State machine ${stateMachine.name}`, theme: options.theme, priorities });
      if (options.output === undefined) output.stdout.write(picture);
      else writePicture(path.resolve(options.output), picture, output);
    });
}

function writePicture(file: string, picture: string, { stderr }: Output): void {
  try {
    writeFileSync(file, picture);
  } catch (error) {
    throw new UsageError(
      `The picture can't be written: ${(error as Error).message}. Choose another file with --output.`,
    );
  }
  stderr.write(`Picture: ${file}\n`);
}
