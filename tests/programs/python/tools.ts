import { spawnSync } from "node:child_process";

interface Tool {
  name: string;
  from: string;
  command: string;
  args: string[];
  /** What the command prints where the tool will do. */
  prints: RegExp;
}

const TOOLS: Tool[] = [
  {
    name: "Go 1.21",
    from: "Go from https://go.dev/dl",
    command: "go",
    // Only those that can fetch the Go that a module asks for know the setting.
    args: ["env", "GOTOOLCHAIN"],
    prints: /\w/,
  },
  {
    name: "Python 3.10 with venv",
    from: "Python from https://python.org/downloads (on Debian python3-venv)",
    command: "python3",
    // Debian leaves out of venv what brings pip.
    args: ["-c", "import ensurepip, sys, venv; print(sys.version_info >= (3, 10))"],
    prints: /True/,
  },
];

/** Which of the tools that only this check needs are missing, in a sentence; nothing if they are all there. */
export function missingTools(env: NodeJS.ProcessEnv): string | undefined {
  const missing = TOOLS.filter(({ command, args, prints }) => {
    const { status, stdout } = spawnSync(command, args, { env, encoding: "utf8" });
    return status !== 0 || !prints.test(stdout);
  });
  if (missing.length === 0) return undefined;
  const list = (key: "name" | "from"): string => missing.map((tool) => tool[key]).join(" and ");
  return `examples/python was not run: it needs ${list("name")} on the PATH. Install ${list("from")}.`;
}

/** Skips a test without them, which not everybody has; fails it in CI. */
export function requireTools(
  test: { skip: () => void },
  env: NodeJS.ProcessEnv = process.env,
  say: (line: string) => void = (line) => process.stderr.write(line),
): void {
  const missing = missingTools(env);
  if (missing === undefined) return;
  if (env["CI"] === "true") throw new Error(missing);
  say(`Skipped: ${missing}\n`);
  test.skip();
}
