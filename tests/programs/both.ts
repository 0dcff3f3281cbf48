import { strict as assert } from "node:assert";

import { synthesiseProgram } from "../../runner/synthesis/evaluation";
import { loadProgram } from "../../runner/synthesis/program";
import type { SynthesisedResource } from "../../runner/synthesis/synthesis";
import type { RecordedRegistration } from "../support/engine";
import { runNodeProgram } from "../support/pulumiHost";

const STACK = "pulumi:pulumi:Stack";

/** What a program registers, or why it doesn't. */
export type Registered =
  { registrations: RecordedRegistration[]; outputs: Record<string, unknown> } | { error: string };

/** By the script of Pulumi's SDK, with a monitor that records. */
export async function registeredBySdk(directory: string, stack?: string): Promise<Registered> {
  const { exitCode, errors, registrations, exports } = await runNodeProgram(directory, stack);
  if (exitCode !== 0) return { error: errors };
  return { registrations: byUrn(registrations.filter(({ type }) => type !== STACK)), outputs: exports };
}

/** By the evaluation that the command line and tests use. */
export async function registeredHere(directory: string, stack?: string): Promise<Registered> {
  try {
    const { resources, outputs } = await synthesiseProgram(loadProgram({ directory, stack }));
    return { registrations: byUrn(resources.map(withoutOutputs)), outputs };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

function withoutOutputs(resource: SynthesisedResource): RecordedRegistration {
  const { type, name, urn, parent, inputs, options } = resource;
  return { type, name, urn, parent, inputs, options };
}

function byUrn(registrations: RecordedRegistration[]): RecordedRegistration[] {
  return registrations.sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** Both register the same, and a second evaluation in this process too. Or both fail for the same reason. Returns it. */
export async function assertSame(directory: string, stack?: string): Promise<Registered> {
  const sdk = await registeredBySdk(directory, stack);
  const here = await registeredHere(directory, stack);
  if ("error" in sdk && "error" in here) {
    const [reason = ""] = here.error.split("\n");
    assert.ok(reason !== "" && sdk.error.includes(reason), `${here.error}\ninstead of\n${sdk.error}`);
  } else {
    assert.deepEqual(here, sdk);
  }
  assert.deepEqual(await registeredHere(directory, stack), here, "the second time");
  return here;
}
