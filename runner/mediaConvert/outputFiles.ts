import path from "node:path";

import { UsageError } from "../../contract/usageError";
import type { GroupSettings, JobSettings, Output, OutputGroup } from "./settings";

/** A group of outputs, and where its files go. */
export interface GroupFiles {
  type: "HLS" | "FILE";
  /** What the URIs of all its files begin with. */
  base: string;
  outputs: OutputFiles[];
}

export interface OutputFiles {
  width?: number;
  height: number;
  /** The playlist of an HLS output, or the file itself. */
  uri: string;
  /** What the URIs of an HLS output's segments begin with, before their number. */
  segments: string;
}

/** What the outputs of HLS groups are in, and the files of file groups. */
const CONTAINERS = { HLS: "M3U8", FILE: "MP4" } as const;

/** Settings that change what is written where, and what else the stand-in does not do. */
const NOT_WRITTEN = [
  ...["AdditionalManifests", "Encryption", "ImageBasedTrickPlay", "ManifestCompression", "OutputSelection"],
  ...["DirectoryStructure", "SegmentControl", "BaseUrl"],
];
const DEFAULTS = ["NONE", "MANIFESTS_AND_SEGMENTS", "SINGLE_DIRECTORY", "SEGMENTED_FILES"];

/**
 * The files that a job's settings name. Their URIs are the group's destination, or with a destination that ends with a slash the name of
 * the first input behind it, then the output's modifier, and for segments a number of five digits.
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/output-file-names-and-paths.html
 */
export function filesOf({ Inputs = [], OutputGroups = [] }: JobSettings): GroupFiles[] {
  const input = Inputs[0]?.FileInput ?? "";
  return OutputGroups.map((group, index) => filesOfGroup(group, input, `/outputGroups/${index}`));
}

function filesOfGroup({ OutputGroupSettings = {}, Outputs = [] }: OutputGroup, input: string, at: string): GroupFiles {
  const { Type, HlsGroupSettings, FileGroupSettings } = OutputGroupSettings;
  const type = Type === "HLS_GROUP_SETTINGS" ? "HLS" : "FILE";
  if (type === "FILE" && Type !== "FILE_GROUP_SETTINGS") {
    throw unsupported(`${at}/outputGroupSettings/type`, "HLS_GROUP_SETTINGS or FILE_GROUP_SETTINGS", Type);
  }
  const settings = (type === "HLS" ? HlsGroupSettings : FileGroupSettings) as GroupSettings;
  for (const name of NOT_WRITTEN) {
    const value = settings[name];
    if (value !== undefined && !DEFAULTS.includes(value as string)) {
      throw unsupported(`${at}/outputGroupSettings: ${name}`, "left out", value);
    }
  }
  const { Destination = "" } = settings;
  const base = Destination.endsWith("/") ? `${Destination}${path.parse(input).name}` : Destination;
  const outputs = Outputs.map((output, index) => filesOfOutput(output, type, base, `${at}/outputs/${index}`));
  return { type, base, outputs };
}

function filesOfOutput(output: Output, type: GroupFiles["type"], base: string, at: string): OutputFiles {
  const { NameModifier = "", Extension, ContainerSettings, VideoDescription = {}, OutputSettings } = output;
  const name = `${base}${NameModifier}`;
  if (/\$\w+\$/.test(name)) throw unsupported(`${at}: a name`, "without format identifiers", name);
  const container = ContainerSettings?.Container;
  if (container !== CONTAINERS[type]) {
    throw unsupported(`${at}/containerSettings/container`, CONTAINERS[type], container);
  }
  const { Width, Height } = VideoDescription;
  if (Height === undefined) throw unsupported(`${at}/videoDescription/height`, "set", Height);
  return {
    ...(Width === undefined ? {} : { width: Width }),
    height: Height,
    uri: `${name}.${type === "HLS" ? "m3u8" : (Extension ?? "mp4")}`,
    segments: `${name}${OutputSettings?.HlsSettings?.SegmentModifier ?? ""}_`,
  };
}

/** What MediaConvert does and its stand-in doesn't. */
function unsupported(field: string, wanted: string, value: unknown): UsageError {
  return new UsageError(
    `${field} must be ${wanted} for MediaConvert's stand-in. Received ${JSON.stringify(value) ?? "nothing"}.`,
  );
}
