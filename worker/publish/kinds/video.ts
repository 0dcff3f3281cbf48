import { initSegment, outputs } from "../../../contract/outputs";
import type { Plan, PlanRendition } from "../../../contract/plan";
import type { OwnedOutput } from "../../output/ownedOutput";
import { readRecord } from "../../output/record";
import { chunksOf } from "../../plan/chunks";
import { videoCodecString } from "../../video/codecs/codecString";
import { videoCodecOf } from "../../video/codecs/videoCodecs";
import { peakBitrateKbps } from "../../video/encoders/bitrateCeiling";
import { videoSets } from "../dash/videoSets";
import { bandwidth } from "../hls/bandwidth";
import { iframePlaylist } from "../hls/iframes";
import type { Variant } from "../hls/master";
import type { RenditionStream } from "../manifest/streams";
import { playedEncode } from "../tracks/playedEncode";
import { renditionTrack } from "../tracks/renditionTrack";
import type { Track } from "../tracks/track";
import type { TrackOfMovie, PublishedTracks, TrackKind, WriteText } from "./kind";
import { bandwidthOf, movieContent, publishStream } from "./stream";

/** The renditions. */
export const VIDEO: TrackKind = {
  kind: "video",

  async check(output) {
    const { plan } = output;
    const movies: CheckedVideo[] = [];
    // One after another, since each needs memory while its records are read.
    for (const rendition of plan.renditions) {
      const track = await renditionTrack(output, rendition.name);
      const { width, pictureHeight: height } = rendition;
      const { brand } = videoCodecOf(rendition);
      const movie = { kind: "video", name: "VideoHandler", brand, enabled: true, width, height } as const;
      movies.push({ rendition, track, movie: { ...movie, ...movieContent(track) } });
    }
    const records = movies.map(({ track: { name, mark } }) => ({ directory: outputs.records(name), marks: [mark] }));
    const tracks = movies.map(({ track }) => track);
    return { kind: "video", tracks, movies, records, publish: (write) => publishVideos(plan, movies, write) };
  },

  async growing(output) {
    const variants = await Promise.all(output.plan.renditions.map((rendition) => growingVariant(output, rendition)));
    const playable = variants.filter((variant) => variant !== undefined);
    return playable.length === 0 ? undefined : { variants: playable };
  },
};

interface CheckedVideo extends TrackOfMovie {
  rendition: PlanRendition;
}

async function publishVideos(plan: Plan, videos: readonly CheckedVideo[], write: WriteText): Promise<PublishedTracks> {
  const published: { stream: RenditionStream; track: Track }[] = [];
  for (const { rendition, track } of videos) {
    const codec = videoCodecString(videoCodecOf(rendition), track.init);
    const stream = {
      name: rendition.name,
      width: rendition.width,
      height: rendition.pictureHeight,
      frames: track.samples,
      ...(rendition.colour ?? { bitDepth: 8, range: "SDR" }),
      ...(await publishStream(plan, track, codec, write)),
      iframes: await write(
        outputs.iframes(rendition.name),
        iframePlaylist({ ...track, keyframes: [...track.segments.keyframes()] }),
      ),
    };
    published.push({ stream, track });
  }
  const { frameRate } = plan.source;
  return {
    streams: { renditions: published.map(({ stream }) => stream) },
    master: {
      variants: published.map(({ stream, track: { segments, timescale } }) => ({
        ...stream,
        frameRate,
        bandwidth: bandwidthOf(stream),
        iframeBandwidth: bandwidth({ segments: segments.keyframes(), timescale }),
      })),
    },
    adaptationSets: videoSets(published, frameRate),
  };
}

/** From the first chunk, so that it stays the same while others follow. The peak is the encoder's ceiling, or above. */
async function growingVariant(output: OwnedOutput, rendition: PlanRendition): Promise<Variant | undefined> {
  const { plan } = output;
  const [first] = chunksOf(plan);
  const { name, width, pictureHeight: height } = rendition;
  const mark = await playedEncode(output, name);
  if (!first || mark === undefined) return undefined;
  const record = await readRecord(output, outputs.record(name, first, mark));
  if (!record) return undefined;
  const { peak, average } = bandwidth(record);
  const init = await output.readBytes(outputs.segments(name) + initSegment(mark));
  return {
    ...{ name, width, height, frameRate: plan.source.frameRate },
    codec: videoCodecString(videoCodecOf(rendition), init),
    ...(rendition.colour ? { range: rendition.colour.range } : {}),
    bandwidth: { peak: Math.max(peak, (peakBitrateKbps(rendition) ?? 0) * 1000), average },
  };
}
