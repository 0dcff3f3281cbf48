import { spawn } from "node:child_process";
import path from "node:path";

import { findProject } from "../runner/synthesis/program";
import { suggestion } from "../contract/nearest";
import { UsageError } from "../contract/usageError";

export interface StackSelection {
  stack?: string;
  /** Folder of the program. Defaults to the working directory. */
  program?: string;
}

const ALTERNATIVE = "Or name the state machine with --state-machine ARN.";

/** The ARN of a stack's state machine, from the stack's outputs, which it reads with the Pulumi CLI. */
export async function deployedStateMachine({ stack = "dev", program = "." }: StackSelection): Promise<string> {
  const directory = findProject(program);
  if (directory === undefined) {
    throw new UsageError(
      `There is no Pulumi.yaml in ${path.resolve(program)} or above it. Pass the program's folder with --program. ${ALTERNATIVE}`,
    );
  }
  const outputs = await readOutputs(stack, directory);
  const arns = Object.entries(outputs).filter(
    ([, value]) => typeof value === "string" && /^arn:[^:]+:states:.*:stateMachine:/.test(value),
  );
  const output = arns.find(([name]) => name === "stateMachineArn") ?? (arns.length === 1 ? arns[0] : undefined);
  if (output) return output[1] as string;
  const found =
    arns.length === 0
      ? "no output that is the ARN of a state machine"
      : `several such outputs: ${arns.map(([name]) => name).join(", ")}`;
  throw new UsageError(`Stack ${stack} has ${found}. Export stateMachineArn and deploy the stack. ${ALTERNATIVE}`);
}

async function readOutputs(stack: string, directory: string): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runPulumi(["stack", "output", "--json", "--stack", stack], directory);
  if (code === 0) return JSON.parse(stdout) as Record<string, unknown>;
  if (stderr.includes("no stack named")) {
    throw new UsageError(
      `There is no deployed stack ${stack} of the program in ${directory}. ${await deployedStacks(stack, directory)} ${ALTERNATIVE}`,
    );
  }
  const why = (stderr.trim() || `pulumi ended with ${code}`).replace(/\.?$/, ".");
  throw new UsageError(`The stack's outputs couldn't be read: ${why} ${ALTERNATIVE}`);
}

/** Leads to the stacks that there are. */
async function deployedStacks(wanted: string, directory: string): Promise<string> {
  const { code, stdout } = await runPulumi(["stack", "ls", "--json"], directory);
  const known = code === 0 ? (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name) : [];
  return known.length === 0 ? `Deploy it with \`pulumi up --stack ${wanted}\`.` : suggestion(wanted, known);
}

interface PulumiResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of the Pulumi CLI. This also finds a CLI in the program's node_modules. */
function runPulumi(args: string[], directory: string): Promise<PulumiResult> {
  const local = path.join(directory, "node_modules", ".bin");
  const env = {
    ...process.env,
    PATH: [process.env["PATH"], local].join(path.delimiter),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: directory,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", () => {
      reject(
        new UsageError(
          `The Pulumi CLI, which reads the stack's outputs, wasn't found. Install it: https://www.pulumi.com/docs/install. ${ALTERNATIVE}`,
        ),
      );
    });
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
