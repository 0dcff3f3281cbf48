import { outputs, recorded } from "../../contract/outputs";
import type { OwnedOutput } from "./ownedOutput";
import { readRecord, type TrackRecord } from "./record";

/** The marks of the encodes of an audio track for the output's plan, one for each encoder that has made it. One job makes all of it. */
export async function audioMarks(output: OwnedOutput, track: string): Promise<string[]> {
  const names = [...(await output.list(outputs.audioRecords)).keys()].sort();
  return names.flatMap((name) => {
    const { what, mark } = recorded(name, output.plan) ?? {};
    return what === track && mark !== undefined ? [mark] : [];
  });
}

/** Its record, which is as long as the video. */
export function readAudioRecord(output: OwnedOutput, track: string, mark: string): Promise<TrackRecord | undefined> {
  return readRecord(output, outputs.audioRecord(track, mark));
}
