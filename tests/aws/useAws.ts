import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { answers } from "./recording";
import { type RecordedCall, startService } from "./service";

/** AWS on loopback, and a home without the files of its command line. */
export class LoopbackAws {
  #service: Awaited<ReturnType<typeof startService>> | undefined;

  /** @param directory The home, which is removed after the test. */
  constructor(readonly directory: string) {}

  async serve(given = answers()): Promise<void> {
    this.#service = await startService(given);
    process.env["AWS_ENDPOINT_URL"] = this.#service.endpoint;
  }

  get calls(): RecordedCall[] {
    return this.#service!.calls;
  }

  get endpoint(): string {
    return this.#service!.endpoint;
  }

  close(): void {
    this.#service?.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Each test of a suite gets its own, and an environment with credentials that nobody has. */
export function useAws(): () => LoopbackAws {
  const environment = { ...process.env };
  let aws: LoopbackAws;
  beforeEach(() => {
    const directory = mkdtempSync(path.join(tmpdir(), "aws-"));
    aws = new LoopbackAws(directory);
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    Object.assign(process.env, {
      ...{ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_EC2_METADATA_DISABLED: "true" },
      ...{ AWS_CONFIG_FILE: path.join(directory, "config"), AWS_SHARED_CREDENTIALS_FILE: path.join(directory, "keys") },
      ...{ AWS_MAX_ATTEMPTS: "1", HOME: directory },
    });
  });
  afterEach(() => {
    aws.close();
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, environment);
  });
  return () => aws;
}
