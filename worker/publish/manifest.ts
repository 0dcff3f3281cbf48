import type { AudioPurpose, Plan, PlanSource, RenditionColour } from "../../contract/plan";
import type { EncodedBy } from "../../contract/encodedBy";
import { initSegment } from "../../contract/outputs";
import { encodeMark } from "../output/encode";
import { paths } from "../output/paths";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";
import type { Missing } from "./missing";
import { isSame, NOTHING_MISSING } from "./missing";
import { encodeIn, segmentsIn } from "./playlist";

/** `manifest.json`: written last, so where there is one, everything that it lists is there. */
export interface Manifest {
  version: 1;
  /** Of the plan that all of it was made for. */
  fingerprint: string;
  source: PlanSource;
  master: ManifestFile;
  /** The MPEG-DASH manifest over the same segments, where one was asked for. */
  dash?: ManifestFile;
  renditions: ManifestRendition[];
  /** The tracks of sound, the default one first. Absent when there is none. */
  audio?: ManifestAudio[];
  /** Scene changes, poster and thumbnails. */
  features: ManifestFile[];
  /** What failed for good and is left out. Absent when nothing is missing. */
  missing?: Missing;
}

/** Paths are relative to the manifest. */
export interface ManifestFile {
  path: string;
  bytes: number;
}

export interface ManifestStream {
  codec: string;
  /** The ffmpeg that made it, and which of its encoders. */
  encodedBy: EncodedBy;
  durationSeconds: number;
  /** Bits per second. */
  averageBandwidth: number;
  peakBandwidth: number;
  segments: number;
  playlist: ManifestFile;
}

export interface ManifestRendition extends ManifestStream {
  name: string;
  width: number;
  height: number;
  frames: number;
  /** Bits of each colour value, and whether they are SDR, PQ or HLG. */
  bitDepth: 8 | 10;
  range: RenditionColour["range"];
  /** The playlist of keyframes alone. */
  iframes: ManifestFile;
  mp4: ManifestFile;
}

export interface ManifestAudio extends ManifestStream {
  name: string;
  label: string;
  /** As in BCP 47. */
  language?: string;
  purpose?: AudioPurpose;
  channels: number;
}

export async function readManifest(storage: Storage, output: string): Promise<Manifest | undefined> {
  const text = await storage.readText(paths.manifest(output));
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}

/** Every file that the manifest names. */
export function filesOf({ master, dash, renditions, audio, features }: Manifest): ManifestFile[] {
  return [
    master,
    ...(dash ? [dash] : []),
    ...renditions.flatMap(({ playlist, iframes, mp4 }) => [playlist, iframes, mp4]),
    ...(audio ?? []).map(({ playlist }) => playlist),
    ...features,
  ];
}

/** Whether every file that the manifest names is there with its size, and it names what the plan asks for. */
export async function isComplete(
  storage: Storage,
  output: string,
  manifest: Manifest,
  plan: Plan,
  missing = NOTHING_MISSING,
): Promise<boolean> {
  if (!isSame(manifest.missing ?? NOTHING_MISSING, missing)) return false;
  if (manifest.fingerprint !== plan.fingerprint || (manifest.dash !== undefined) !== (plan.dash === true)) return false;
  // One of an earlier version may lack a file that is published today.
  const files: (ManifestFile | undefined)[] = filesOf(manifest);
  const found = await Promise.all(files.map(async (file) => file && storage.stat(below(output, file.path))));
  const there = files.every((file, index) => file !== undefined && found[index]?.bytes === file.bytes);
  return there && (await listsItsMedia(storage, output, manifest));
}

/**
 * Whether the playlists list media of the manifest's own encoders, and all of it is there. Another execution with another encoder may
 * have put its playlists in their place, which have the same size, or have removed what only these list.
 */
async function listsItsMedia(
  storage: Storage,
  output: string,
  { fingerprint, renditions, audio = [] }: Manifest,
): Promise<boolean> {
  const whole = await Promise.all(
    [...renditions, ...audio].map(async ({ name, encodedBy }) => {
      const [text, media] = await Promise.all([
        storage.readText(paths.playlist(output, name)),
        storage.list(paths.segments(output, name)),
      ]);
      const mark = encodeMark({ fingerprint, encodedBy });
      const listed = segmentsIn(text, { fingerprint });
      return (
        encodeIn(text, { fingerprint }) === mark &&
        [initSegment(mark), ...listed.map((segment) => segment.name)].every((file) => media.has(file))
      );
    }),
  );
  return whole.every(Boolean);
}
