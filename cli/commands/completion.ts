import { Argument, Command } from "commander";

import { completionScript, SHELLS, type Shell } from "../completion/scripts";
import type { Output } from "../output/output";

/** `commands` is a function because not all commands are registered yet. */
export function completionCommand(output: Output, commands: () => readonly Command[]): Command {
  return new Command("completion")
    .description("Print a script that completes commands and options in your shell.")
    .addArgument(new Argument("<shell>", "your shell").choices(SHELLS))
    .addHelpText(
      "after",
      [
        "",
        'bash: eval "$(npx video-batch-pipeline completion bash)"   in ~/.bashrc',
        'zsh:  eval "$(npx video-batch-pipeline completion zsh)"    in ~/.zshrc, after compinit',
        "fish: npx video-batch-pipeline completion fish | source    in ~/.config/fish/config.fish",
      ].join("\n"),
    )
    .action((shell: Shell) => void output.stdout.write(completionScript(shell, commands())));
}
