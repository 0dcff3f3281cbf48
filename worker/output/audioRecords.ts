import { outputs, recorded } from "../../contract/outputs";
import type { OwnedOutput } from "./ownedOutput";
import type { TrackRecord } from "./record";
import { readRecord } from "./record";

/** The records of a sound track for the output's plan, one for each encoder that has made it. One job makes all of it. */
export async function audioRecords(output: OwnedOutput, track: string): Promise<TrackRecord[]> {
  const records: TrackRecord[] = [];
  for (const name of [...(await output.list(outputs.audioRecords)).keys()].sort()) {
    const { what, mark = "" } = recorded(name, output.plan) ?? {};
    if (what !== track) continue;
    const record = await readRecord(output, outputs.audioRecord(track, mark));
    if (record) records.push(record);
  }
  return records;
}
