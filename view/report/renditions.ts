import type { EncodedBy } from "../../contract/encodedBy";
import type { Manifest, ManifestTrack } from "../../contract/manifest";
import { manifestTracks } from "../../contract/manifest";
import { bitrate, bytes, count, duration } from "../text/format";
import { escapeMarkup } from "../text/markup";
import { table } from "./table";
import type { ReportInput } from "./report";
import { attemptsTime, workFor } from "./work";

type VideoTrack = Extract<ManifestTrack, { kind: "video" }>;
type AudioTrack = Extract<ManifestTrack, { kind: "audio" }>;

/** A table with a row for each rendition and each audio track. */
export function renditionsTable(input: ReportInput): string {
  const { media } = input;
  if (!media) return "";
  const rows = manifestTracks(media).map((track) =>
    track.kind === "video" ? renditionRow(track, input) : audioRow(track, media, input),
  );
  const head = [
    "Rendition",
    "Size",
    "Codec",
    "Encoder",
    "Frames",
    "Average",
    "Peak",
    "MP4",
    "Segments",
    "Encoding",
    "Speed",
  ];
  return `<section aria-labelledby="renditions"><h2 id="renditions">Renditions</h2>${table(head, rows, "Renditions and audio tracks with their sizes and bitrates")}</section>`;
}

function renditionRow(rendition: VideoTrack, input: ReportInput): string[] {
  const { name, width, height, frames, codec, averageBandwidth, peakBandwidth, segments, mp4 } = rendition;
  const { output } = input.links;
  const size = bytes(mp4.bytes);
  return [
    escapeMarkup(name),
    `${width} × ${height}`,
    escapeMarkup(codec),
    encoderName(rendition),
    count(frames),
    bitrate(averageBandwidth),
    bitrate(peakBandwidth),
    output === undefined ? size : `<a href="${escapeMarkup(encodeURI(output + mp4.path))}">${size}</a>`,
    String(segments),
    ...encodingWork(rendition, input),
  ];
}

function audioRow(track: AudioTrack, { audio }: Manifest, input: ReportInput): string[] {
  const { name, label, codec, averageBandwidth, peakBandwidth, segments } = track;
  const isDefault = name === audio?.[0]?.name;
  return [
    escapeMarkup(isDefault ? name : `${name} (${label})`),
    channels(track.channels),
    codec,
    encoderName(track),
    "",
    bitrate(averageBandwidth),
    bitrate(peakBandwidth),
    "",
    String(segments),
    // One job encodes all audio tracks.
    ...(isDefault ? encodingWork(track, input) : [`with ${escapeMarkup(audio?.[0]?.name ?? "")}`, ""]),
  ];
}

/** The encoder's name in ffmpeg, with the version of its library. Manifests of other workers may lack it. */
function encoderName({ encodedBy }: { encodedBy?: EncodedBy }): string {
  return encodedBy ? escapeMarkup([encodedBy.encoder, encodedBy.library ?? []].flat().join(" ")) : "";
}

/** The time that the run's jobs took for the track, and the seconds of video that they encoded per second. */
function encodingWork(track: ManifestTrack, input: ReportInput): [string, string] {
  const work = workFor(track, input);
  if (work === undefined) return ["", ""];
  if (work.kind === "kept") return ["kept", ""];
  if (work.kind === "shared") return [`with ${escapeMarkup(work.leader)}`, ""];
  const took = attemptsTime(work.jobs);
  if (took === 0) return ["", ""];
  if (work.kind === "completed") return [`${duration(took)}, the rest kept`, ""];
  return [duration(took), `${((track.durationSeconds * 1000) / took).toFixed(1)}×`];
}

function channels(count: number): string {
  return count === 1 ? "1 channel" : `${count} channels`;
}
