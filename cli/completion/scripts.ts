import type { Command } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

const NAME = "video-batch-pipeline";
/** Prints the names of the stacks that have a configuration in the folder. */
const STACKS = `ls Pulumi.*.yaml 2>/dev/null | sed -e 's/^Pulumi\\.//' -e 's/\\.yaml$//'`;
const STACK_OPTIONS = ["--stack", "--against"];

/** A script that completes the commands and their options in the shell. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  return { bash, zsh, fish }[shell](commands);
}

function bash(commands: readonly Command[]): string {
  const choices = commands.flatMap((command) =>
    command.options.flatMap(({ long, argChoices }) =>
      long && argChoices ? [`    ${command.name()}:${long}) words="${argChoices.join(" ")}" ;;`] : [],
    ),
  );
  const options = commands.map((command) => `      ${command.name()}) words="${longOptions(command).join(" ")}" ;;`);
  return `_video_batch_pipeline() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" words="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) command="$word"; break ;; esac
  done
  case "$command:$previous" in
    *:${STACK_OPTIONS.join("|*:")}) words="$(${STACKS})" ;;
${choices.join("\n")}
  esac
  if [ -z "$words" ]; then
    case "$command" in
      "") words="${commands.map((command) => command.name()).join(" ")} help" ;;
${options.join("\n")}
    esac
    case "$command:$current" in :*|*:-*) ;; *) words="" ;; esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _video_batch_pipeline ${NAME}
`;
}

/** zsh can run bash's completion script. */
function zsh(commands: readonly Command[]): string {
  return `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
}

function fish(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) => [
    `complete -c ${NAME} -n __fish_use_subcommand -f -a ${command.name()} -d ${quote(command.description())}`,
    ...command.options.flatMap(({ long, short, argChoices, required, description }) => {
      if (!long) return [];
      const values = STACK_OPTIONS.includes(long) ? `(${STACKS})` : argChoices?.join(" ");
      return [
        [
          `complete -c ${NAME} -n '__fish_seen_subcommand_from ${command.name()}' -l ${long.slice(2)}`,
          ...(short ? [`-s ${short.slice(1)}`] : []),
          ...(required ? ["-r"] : []),
          ...(values === undefined ? [] : [`-f -a ${quote(values)}`]),
          `-d ${quote(description)}`,
        ].join(" "),
      ];
    }),
  ]);
  return `${lines.join("\n")}\n`;
}

function longOptions({ options }: Command): string[] {
  return [...options.flatMap(({ long }) => long ?? []), "--help"];
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
