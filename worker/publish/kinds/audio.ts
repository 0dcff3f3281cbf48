import { initSegment, outputs } from "../../../contract/outputs";
import type { Plan, PlanAudio } from "../../../contract/plan";
import { audioCodecOf } from "../../audio/codecs/audioCodecs";
import type { OwnedOutput } from "../../output/ownedOutput";
import { languageTag } from "../../plan/language";
import { audioSets } from "../dash/audioSets";
import type { AudioRendition } from "../hls/audioGroup";
import { audioGroup } from "../hls/audioGroup";
import type { ManifestAudio } from "../../../contract/manifest";
import { audioTrack } from "../tracks/audioTrack";
import { playedEncode } from "../tracks/playedEncode";
import type { Track } from "../tracks/track";
import type { TrackOfMovie, PublishedTracks, TrackKind, WriteText } from "./kind";
import { bandwidthOf, movieContent, publishStream } from "./stream";

/** The audio tracks, the default one first. They are alternatives that go with every rendition. */
export const AUDIO_TRACKS: TrackKind = {
  kind: "audio",

  async check(output) {
    const { plan } = output;
    const movies: CheckedAudio[] = [];
    // One after another, since the record of each is as long as the video.
    for (const planned of plan.audio ?? []) {
      const track = await audioTrack(output, planned.name);
      // Players that can't offer a choice play every enabled track.
      const enabled = movies.length === 0;
      const movie = { kind: "audio", name: planned.label, enabled, width: 0, height: 0 } as const;
      movies.push({ planned, track, movie: { ...movie, ...movieContent(track) } });
    }
    const records = [{ directory: outputs.audioRecords, marks: movies.map(({ track }) => track.mark) }];
    const tracks = movies.map(({ track }) => track);
    return { kind: "audio", tracks, movies, records, publish: (write) => publishAudio(plan, movies, write) };
  },

  async growing(output) {
    const planned = output.plan.audio ?? [];
    const tracks = await Promise.all(planned.map((track) => growingTrack(output, track)));
    const playable = tracks.filter((track) => track !== undefined);
    // A player that begins without sound stays without, because it reads the master playlist only once.
    return playable.length < planned.length ? undefined : entriesOf(playable);
  },
};

interface CheckedAudio extends TrackOfMovie {
  planned: PlanAudio;
}

async function publishAudio(plan: Plan, tracks: readonly CheckedAudio[], write: WriteText): Promise<PublishedTracks> {
  const published: { stream: ManifestAudio; track: Track }[] = [];
  for (const { planned, track } of tracks) {
    const codec = audioCodecOf(planned).codecString(track.init);
    published.push({
      stream: { ...attributesOf(planned), ...(await publishStream(plan, track, codec, write)) },
      track,
    });
  }
  const streams = published.map(({ stream }) => stream);
  return {
    streams: streams.length > 0 ? { audio: streams } : {},
    master: entriesOf(streams.map((stream) => ({ ...stream, bandwidth: bandwidthOf(stream) }))),
    adaptationSets: audioSets(published),
  };
}

function attributesOf({ name, label, language, purpose, channels }: PlanAudio) {
  const tag = languageTag(language);
  return { name, label, ...(tag ? { language: tag } : {}), ...(purpose ? { purpose } : {}), channels };
}

/** The record comes at the end of the job, so until then the bitrate is the one that was asked for. */
async function growingTrack(output: OwnedOutput, planned: PlanAudio): Promise<AudioRendition | undefined> {
  const mark = await playedEncode(output, planned.name);
  if (mark === undefined) return undefined;
  const bitsPerSecond = planned.bitrateKbps * 1000;
  const init = await output.readBytes(outputs.segments(planned.name) + initSegment(mark));
  const codec = audioCodecOf(planned).codecString(init);
  return { ...planned, codec, bandwidth: { peak: bitsPerSecond, average: bitsPerSecond } };
}

function entriesOf(tracks: readonly AudioRendition[]) {
  return tracks.length === 0 ? {} : { group: audioGroup(tracks) };
}
