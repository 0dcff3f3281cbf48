import type { PlanAudio } from "../../contract/plan";
import { audioMarks, readAudioRecord } from "../output/audioRecords";
import type { OwnedOutput } from "../output/ownedOutput";
import type { TrackRecord } from "../output/record";
import { segmentsAreThere } from "../output/segments";

/**
 * The record of an audio track that is complete, whoever encoded it.
 *
 * @param preferred The mark of the encode to take if several are complete.
 */
export async function completeRecord(
  output: OwnedOutput,
  { name }: PlanAudio,
  preferred?: string,
): Promise<TrackRecord | undefined> {
  const marks = await audioMarks(output, name);
  marks.sort((a, b) => Number(b === preferred) - Number(a === preferred));
  for (const mark of marks) {
    const record = await readAudioRecord(output, name, mark);
    if (record && (await segmentsAreThere(output, name, record))) return record;
  }
  return undefined;
}
