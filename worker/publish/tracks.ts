import type { Plan, PlanAudio, PlanRendition } from "../../contract/plan";
import { JobError } from "../errors";
import { encodeMark } from "../output/encode";
import { soundRecords } from "../output/soundRecords";
import type { Storage } from "../storage/storage";
import type { TrackPlace } from "./chosenEncode";
import { firstWhole, playedFirst } from "./chosenEncode";
import { renditionTrack } from "./renditionTrack";
import type { Track } from "./track";
import { joined } from "./track";

/** All tracks of an output. */
export interface Tracks {
  videos: { rendition: PlanRendition; track: Track }[];
  /** The default one first. */
  audio: { sound: PlanAudio; track: Track }[];
}

/** Everything that the plan asks for, checked before anything is written. */
export async function checkedTracks(storage: Storage, output: string, plan: Plan): Promise<Tracks> {
  const place = ({ name }: { name: string }): TrackPlace => ({ storage, output, plan, name });
  const audio = await Promise.all(
    (plan.audio ?? []).map(async (sound) => ({ sound, track: await audioTrack(place(sound)) })),
  );
  const videos = await Promise.all(
    plan.renditions.map(async (rendition) => ({ rendition, track: await renditionTrack(place(rendition)) })),
  );
  return { videos, audio };
}

async function audioTrack(place: TrackPlace): Promise<Track> {
  const { storage, output, plan, name } = place;
  const records = new Map((await soundRecords(storage, output, plan, name)).map((one) => [encodeMark(one), one]));
  if (records.size === 0) {
    throw new JobError("The sound is missing or was made for another plan; run the audio job again.");
  }
  const marks = await playedFirst(place, [...records.keys()]);
  const ordered = marks.flatMap((mark) => records.get(mark) ?? []);
  return firstWhole(ordered.map((record) => () => joined(storage, output, name, [record])));
}
