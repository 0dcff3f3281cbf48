import type { PlanAudio } from "../../contract/plan";
import { audioRecords } from "../output/audioRecords";
import { encodeMark } from "../output/encode";
import type { OwnedOutput } from "../output/ownedOutput";
import type { TrackRecord } from "../output/record";
import { segmentsAreThere } from "../output/segments";

/**
 * The record of a sound track that is complete, whoever encoded it.
 *
 * @param preferred The mark of the encode to take if several are complete.
 */
export async function completeRecord(
  output: OwnedOutput,
  { name }: PlanAudio,
  preferred?: string,
): Promise<TrackRecord | undefined> {
  const records = await audioRecords(output, name);
  records.sort((a, b) => Number(encodeMark(b) === preferred) - Number(encodeMark(a) === preferred));
  for (const record of records) if (await segmentsAreThere(output, name, record)) return record;
  return undefined;
}
