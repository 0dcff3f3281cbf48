import { MissingWork } from "../../errors/errors";
import { audioMarks, readAudioRecord } from "../../output/audioRecords";
import type { OwnedOutput } from "../../output/ownedOutput";
import type { TrackRecord } from "../../output/record";
import { firstComplete, playedFirst } from "./playedEncode";
import type { Track } from "./track";
import { joinRecords } from "./track";

/** An audio track, checked. */
export async function audioTrack(output: OwnedOutput, name: string): Promise<Track> {
  const marks = await playedFirst(output, name, await audioMarks(output, name));
  if (marks.length === 0) throw missing();
  return firstComplete(marks.map((mark) => () => joinRecords(output, name, () => encodeRecord(output, name, mark))));
}

async function* encodeRecord(output: OwnedOutput, name: string, mark: string): AsyncGenerator<TrackRecord> {
  const record = await readAudioRecord(output, name, mark);
  if (!record) throw missing();
  yield record;
}

function missing(): MissingWork {
  return new MissingWork("The sound is missing or was made for another plan; run the audio job again.");
}
