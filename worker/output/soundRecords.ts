import type { Plan } from "../../contract/plan";
import type { Storage } from "../storage/storage";
import { paths } from "./paths";
import { recorded } from "../../contract/outputs";
import type { TrackRecord } from "./record";
import { readRecord } from "./record";

/** The records of a track of sound for a plan, one of each encoder that has made it. One job makes all of it. */
export async function soundRecords(
  storage: Storage,
  output: string,
  plan: Pick<Plan, "fingerprint">,
  track: string,
): Promise<TrackRecord[]> {
  const records: TrackRecord[] = [];
  for (const name of [...(await storage.list(paths.audioRecords(output))).keys()].sort()) {
    const { what, mark = "" } = recorded(name, plan) ?? {};
    if (what !== track) continue;
    const record = await readRecord(storage, paths.audioRecord(output, track, mark), plan.fingerprint);
    if (record) records.push(record);
  }
  return records;
}
