import { MissingWork } from "../../errors/errors";
import { audioRecords } from "../../output/audioRecords";
import { encodeMark } from "../../output/encode";
import type { OwnedOutput } from "../../output/ownedOutput";
import { firstComplete, playedFirst } from "./playedEncode";
import type { Track } from "./track";
import { joinRecords } from "./track";

/** A sound track, checked. */
export async function audioTrack(output: OwnedOutput, name: string): Promise<Track> {
  const records = new Map((await audioRecords(output, name)).map((record) => [encodeMark(record), record]));
  if (records.size === 0) {
    throw new MissingWork("The sound is missing or was made for another plan; run the audio job again.");
  }
  const marks = await playedFirst(output, name, [...records.keys()]);
  const ordered = marks.flatMap((mark) => records.get(mark) ?? []);
  return firstComplete(ordered.map((record) => () => joinRecords(output, name, [record])));
}
