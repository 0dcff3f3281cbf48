import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

import { Account } from "./account";
import { startProvider, type StandIn } from "./provider";
import { VERSIONS } from "./versions";

export interface StandIns {
  account: Account;
  /** What PULUMI_DEBUG_PROVIDERS has to be for the engine to attach to them. */
  providers: string;
  stop: () => void;
}

/** Stand-ins for all providers that a pipeline uses, with an empty account. */
export async function startStandIns(): Promise<StandIns> {
  const account = new Account();
  const [aws, dockerBuild, awsx] = await Promise.all([
    startProvider("aws", VERSIONS.aws, account),
    startProvider("docker-build", VERSIONS["docker-build"], account),
    startAwsx(),
  ]);
  return {
    account,
    providers: `aws:${aws.port},docker-build:${dockerBuild.port},awsx:${awsx.port}`,
    stop: () => [aws, dockerBuild, awsx].forEach((standIn) => standIn.stop()),
  };
}

const ROOT = path.resolve(__dirname, "../../..");

/** Pulumi's SDK serves one component provider per process. */
async function startAwsx(): Promise<StandIn> {
  const typescript = path.join(ROOT, "scripts", "ts-node.cjs");
  const child = spawn(process.execPath, ["-r", typescript, path.join(__dirname, "awsx.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = (): void => void child.kill();
  process.once("exit", stop);
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => resolve(Number(line)));
    child.once("exit", (code) => reject(new Error(`The stand-in for awsx ended with exit code ${code}.`)));
  });
  return { port, stop };
}
