import type { Plan, PlanAudio, PlanRendition } from "../../contract/plan";
import { codecString } from "../fmp4/codecs";
import { paths } from "../output/paths";
import { languageTag } from "../plan/language";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";
import type { Bandwidth } from "./bandwidth";
import { bandwidth } from "./bandwidth";
import { dashManifest } from "./dash";
import { iframePlaylist, iframesOf } from "./iframes";
import type { ManifestAudio, ManifestFile, ManifestRendition, ManifestStream } from "./manifest";
import { finalRemark, masterPlaylist } from "./master";
import { listed, mediaPlaylist, plannedTarget } from "./playlist";
import type { Track } from "./track";
import type { Tracks } from "./tracks";

/** A rendition as the manifest describes it, before there is its MP4. */
type Stream = Omit<ManifestRendition, "mp4">;

export interface PublishedStreams {
  master: ManifestFile;
  dash?: ManifestFile;
  renditions: Stream[];
  audio?: ManifestAudio[];
}

/** Publishes everything that leads a player to the segments, and last what it opens first. */
export async function publishStreams(
  storage: Storage,
  output: string,
  plan: Plan,
  { videos, audio: sounds }: Tracks,
): Promise<PublishedStreams> {
  const write = async (uri: string, text: string): Promise<ManifestFile> => ({
    path: uri.slice(below(output, "").length),
    bytes: await storage.write(uri, text),
  });
  const describe = async (track: Track): Promise<ManifestStream> => {
    const { peak, average } = bandwidth(track);
    return {
      codec: codecString(track.init),
      encodedBy: track.encodedBy,
      durationSeconds: track.duration / track.timescale,
      averageBandwidth: average,
      peakBandwidth: peak,
      segments: track.segments.length,
      playlist: await write(
        paths.playlist(output, track.name),
        mediaPlaylist(track, listed(track), plannedTarget(plan)),
      ),
    };
  };

  const renditions: Stream[] = [];
  for (const { rendition, track } of videos) {
    renditions.push({
      name: rendition.name,
      width: rendition.width,
      height: rendition.pictureHeight,
      frames: track.samples,
      ...(rendition.colour ?? { bitDepth: 8, range: "SDR" }),
      ...(await describe(track)),
      iframes: await write(paths.iframes(output, rendition.name), iframePlaylist(track)),
    });
  }
  const audio: ManifestAudio[] = [];
  for (const { sound, track } of sounds) audio.push({ ...described(sound), ...(await describe(track)) });
  const master = await write(paths.master(output), masterText(plan, videos, renditions, audio));
  if (!plan.dash) await storage.remove(paths.dash(output));
  return {
    master,
    ...(plan.dash ? { dash: await write(paths.dash(output), dashText(plan, videos, renditions, sounds, audio)) } : {}),
    renditions,
    ...(audio.length > 0 ? { audio } : {}),
  };
}

function described({ name, label, language, purpose, channels }: PlanAudio) {
  const tag = languageTag(language);
  return { name, label, ...(tag ? { language: tag } : {}), ...(purpose ? { purpose } : {}), channels };
}

interface Video {
  rendition: PlanRendition;
  track: Track;
}

function masterText(
  plan: Plan,
  videos: readonly Video[],
  streams: readonly Stream[],
  audio: readonly ManifestAudio[],
): string {
  const rates = (stream: ManifestStream): Bandwidth => ({
    peak: stream.peakBandwidth,
    average: stream.averageBandwidth,
  });
  return masterPlaylist(
    videos.flatMap(({ track }, index) => {
      const stream = streams[index];
      if (!stream) return [];
      const iframeBandwidth = bandwidth({ segments: iframesOf(track.segments), timescale: track.timescale });
      return [{ ...stream, frameRate: plan.source.frameRate, bandwidth: rates(stream), iframeBandwidth }];
    }),
    audio.map((track) => ({ ...track, bandwidth: rates(track) })),
    finalRemark(plan),
  );
}

function dashText(
  plan: Plan,
  videos: readonly Video[],
  streams: readonly Stream[],
  sounds: Tracks["audio"],
  audio: readonly ManifestAudio[],
): string {
  return dashManifest(
    plan,
    videos.flatMap(({ track }, index) => (streams[index] ? [{ track, stream: streams[index] }] : [])),
    sounds.flatMap(({ track }, index) => (audio[index] ? [{ track, stream: audio[index] }] : [])),
  );
}
