import { FEATURES } from "../../contract/notices";
import { type JobPlatform, platformName } from "../../contract/jobPlatform";
import { badVcpus } from "../rules/limits";
import { noEntries } from "../rules/lists";
import { badName, duplicates } from "../rules/names";
import { outOfRange, outOfRanges } from "../rules/numbers";
import { type Check, type Problem, when } from "../rules/problem";
import type { Rendition } from "./args";
import { badPreset, checkCodec } from "./checkCodec";
import { DEFAULT_RENDITIONS, type MediaArgs, normaliseTiming } from "./defaults";
import { AUDIO_LIMITS, DAMAGE_LIMIT, DURATION_LIMIT, RENDITION_LIMITS, TIMING_LIMITS } from "./limits";

export const checkPreset: Check<MediaArgs> = ({ args: { preset } }) =>
  badPreset("preset", preset, "Omit it to use fast.");

export const checkRenditions: Check<MediaArgs> = ({ args: { renditions } }) => {
  if (!renditions) return [];
  return [
    ...noEntries("renditions", renditions, `Omit it to use ${defaultNames()}.`),
    ...renditions.flatMap((rendition, index) => checkRendition(rendition, `renditions[${index}]`)),
    ...duplicates("renditions", renditions, "name"),
  ];
};

function defaultNames(): string {
  const names = DEFAULT_RENDITIONS.map(({ name }) => name);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** On EKS every rendition has its own job definition, beside those of other kinds of machines. */
export const checkRenditionsOnEks: Check<MediaArgs, { queues: { jobPlatform: JobPlatform }[] }> = ({
  args: { renditions = [] },
  settings: { queues },
}) => {
  if (!queues.some(({ jobPlatform }) => jobPlatform.platform === "eks")) return [];
  const platforms = [...new Set(queues.map(({ jobPlatform }) => platformName(jobPlatform)))];
  // The definition of `arm64-720p` on EKS would have the name of that of `720p` on Graviton nodes.
  if (platforms.includes("eks") && platforms.includes("eks-arm64")) platforms.push("arm64");
  return renditions.flatMap(({ name }, index) =>
    when(
      platforms.some((one) => name === one || name.startsWith(`${one}-`)),
      {
        path: `renditions[${index}].name`,
        rule: `must not begin with a platform that the queues use: ${platforms.join(", ")}`,
        received: name,
        remedy: "Two job definitions would have the same name: choose another.",
      },
    ),
  );
};

function checkRendition(rendition: Rendition, path: string): Problem[] {
  const { name, height } = rendition;
  return [
    ...badName(`${path}.name`, name, 60),
    ...when(/^audio(?:-\d+)?$/i.test(name), {
      path: `${path}.name`,
      rule: "must not be audio, with or without a number",
      received: name,
      remedy: "Audio tracks have such names: choose another.",
    }),
    ...when(name.toLowerCase() === FEATURES, {
      path: `${path}.name`,
      rule: `must not be ${FEATURES}`,
      received: name,
      remedy: "Notices use this name for missing scenes, poster and thumbnails: choose another.",
    }),
    ...when(!(Number.isInteger(height) && height >= 64 && height <= 4320 && height % 2 === 0), {
      path: `${path}.height`,
      rule: "must be an even number of pixels from 64 to 4,320",
      received: height,
      remedy: "Video with 4:2:0 colour has even sizes only: use a height such as 720.",
    }),
    ...checkCodec(rendition, path),
    ...outOfRanges(path, rendition, RENDITION_LIMITS),
    ...badVcpus(`${path}.vcpus`, rendition.vcpus),
    ...checkQuality(rendition, path),
  ];
}

function checkQuality({ crf, maxBitrateKbps, bitrateKbps }: Rendition, path: string): Problem[] {
  if (bitrateKbps === undefined) return [];
  const [other, value] = crf === undefined ? ["maxBitrateKbps", maxBitrateKbps] : ["crf", crf];
  return when(value !== undefined, {
    path: `${path}.bitrateKbps`,
    rule: `must not be given together with ${other}`,
    received: bitrateKbps,
    remedy: "Keep crf and maxBitrateKbps for constant quality, or bitrateKbps for a constant bitrate.",
  });
}

export const checkAudio: Check<MediaArgs> = ({ args: { audio } }) => outOfRanges("audio", audio, AUDIO_LIMITS);

export const checkDuration: Check<MediaArgs> = ({ args: { maxDurationSeconds } }) =>
  outOfRange("maxDurationSeconds", maxDurationSeconds, DURATION_LIMIT);

export const checkDamage: Check<MediaArgs> = ({ args: { maxDamagedShare } }) =>
  outOfRange("maxDamagedShare", maxDamagedShare, DAMAGE_LIMIT);

/** Players can switch renditions where segments begin, and segments and chunks begin where GOPs do. */
export const checkTiming: Check<MediaArgs> = ({ args }) => {
  const { chunkSeconds, segmentSeconds, gopSeconds } = normaliseTiming(args);
  const ranges = [
    ...outOfRange("gopSeconds", args.gopSeconds, TIMING_LIMITS.gopSeconds),
    ...outOfRange("segmentSeconds", args.segmentSeconds, TIMING_LIMITS.segmentSeconds),
    ...outOfRange("chunkSeconds", args.chunkSeconds, TIMING_LIMITS.chunkSeconds),
  ];
  if (ranges.length > 0) return ranges;
  return [
    ...when(segmentSeconds % gopSeconds !== 0, {
      path: "segmentSeconds",
      rule: `must be a multiple of gopSeconds, which is ${gopSeconds}`,
      received: segmentSeconds,
      remedy: `Every segment begins with a GOP: use a value such as ${gopSeconds * 3}.`,
    }),
    ...when(chunkSeconds < segmentSeconds, {
      path: "chunkSeconds",
      rule: `must not be below segmentSeconds, which is ${segmentSeconds}`,
      received: chunkSeconds,
      remedy: "Raise it: a job for less than one segment costs more to start than to run.",
    }),
  ];
};
