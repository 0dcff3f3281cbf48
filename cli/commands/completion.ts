import { Argument, Command } from "commander";

import { completionScript, SHELLS, type Shell } from "../completion/scripts";
import { withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";

/** `commands` is a function because not all commands are registered yet. */
export function completionCommand(output: Output, commands: () => readonly Command[]): Command {
  return withHelp(new Command("completion"), {
    examples: [{ what: "Print the script for bash:", args: "completion bash" }],
    list: {
      title: "Lines for the files that shells read when they start:",
      columns: ["file", "line"],
      items: [
        ["~/.bashrc", 'eval "$(npx video-batch-pipeline completion bash)"'],
        ["~/.zshrc, after compinit", 'eval "$(npx video-batch-pipeline completion zsh)"'],
        ["~/.config/fish/config.fish", "npx video-batch-pipeline completion fish | source"],
      ],
    },
  })
    .description("Print a script that completes commands and options in your shell.")
    .addArgument(new Argument("<shell>", "your shell").choices(SHELLS))
    .action((shell: Shell) => void output.stdout.write(completionScript(shell, commands())));
}
