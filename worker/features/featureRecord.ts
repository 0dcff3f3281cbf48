import { outputs } from "../../contract/outputs";
import type { OwnedOutput } from "../output/ownedOutput";

/** What the job records about a finished attempt. */
interface FeatureRecord {
  version: 1;
  fingerprint: string;
  /** Sizes by name. */
  files: Record<string, number>;
}

/** @param files Sizes by name of the files that were written. */
export async function recordFeatures(output: OwnedOutput, files: Record<string, number>): Promise<void> {
  const record: FeatureRecord = { version: 1, fingerprint: output.plan.fingerprint, files };
  await output.write(outputs.featureRecord, JSON.stringify(record), { intermediate: true });
}

/** Whether the features of the output's plan are there, whole. */
export async function hasFeatures(output: OwnedOutput): Promise<boolean> {
  const text = await output.readText(outputs.featureRecord);
  if (text === undefined) return false;
  const { fingerprint, files } = JSON.parse(text) as FeatureRecord;
  if (fingerprint !== output.plan.fingerprint) return false;
  const present = await output.list(outputs.features);
  return Object.entries(files).every(([name, bytes]) => present.get(name) === bytes);
}
