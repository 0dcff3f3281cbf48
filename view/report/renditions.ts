import type { EncodedBy } from "../../contract/encodedBy";
import type { Manifest, ManifestAudio, ManifestRendition } from "../../contract/manifest";
import { manifestTracks } from "../../contract/manifest";
import type { JobRecord, Run } from "../../contract/run";
import { AUDIO_STATES, encodesRendition } from "../../contract/states";
import { bitrate, bytes, count, duration } from "../text/format";
import { escapeMarkup } from "../text/markup";
import { table } from "./table";
import type { ReportInput } from "./report";

/** A table with a row for each rendition and each audio track. */
export function renditionsTable({ media, run, links }: ReportInput): string {
  if (!media) return "";
  const rows = manifestTracks(media).map((track) =>
    track.kind === "video" ? renditionRow(track, run, links.output) : audioRow(track, media, run),
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
  return `<section aria-labelledby="renditions"><h2 id="renditions">Renditions</h2>${table(head, rows, "Renditions and sound tracks with their sizes and bitrates")}</section>`;
}

function renditionRow(rendition: ManifestRendition, run: Run, output: string | undefined): string[] {
  const { name, width, height, frames, codec, averageBandwidth, peakBandwidth, segments, mp4, durationSeconds } =
    rendition;
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
    ...encodingWork(run, (state) => encodesRendition(state, name), durationSeconds),
  ];
}

function audioRow(track: ManifestAudio, { audio, source }: Manifest, run: Run): string[] {
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
    ...(isDefault ? encodingWork(run, (state) => state === AUDIO_STATES.transcode, source.durationSeconds) : ["", ""]),
  ];
}

/** The encoder's name in ffmpeg, with the version of its library. Manifests of other workers may lack it. */
function encoderName({ encodedBy }: { encodedBy?: EncodedBy }): string {
  return encodedBy ? escapeMarkup([encodedBy.encoder, encodedBy.library ?? []].flat().join(" ")) : "";
}

/** Total time of the attempts, and the seconds of video that they encoded per second. */
function encodingWork(run: Run, encodes: (state: string) => boolean, durationSeconds: number): [string, string] {
  const parents = new Set(run.jobs.filter(({ state }) => state !== undefined && encodes(state)).map(({ id }) => id));
  const jobs = run.jobs.filter(
    ({ id, parentId }) => parents.has(id) || (parentId !== undefined && parents.has(parentId)),
  );
  const took = jobs.reduce((sum, job) => sum + attemptsTime(job), 0);
  if (took === 0) return ["", ""];
  return [duration(took), `${((durationSeconds * 1000) / took).toFixed(1)}×`];
}

function attemptsTime({ attempts }: JobRecord): number {
  return attempts.reduce(
    (sum, { started, ended }) => sum + (ended === undefined ? 0 : Date.parse(ended) - Date.parse(started)),
    0,
  );
}

function channels(count: number): string {
  return count === 1 ? "1 channel" : `${count} channels`;
}
