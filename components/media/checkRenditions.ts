import type { RenditionArgs } from "./args";
import { badName, duplicates } from "../rules/names";
import { platformName } from "../../contract/jobPlatform";
import { checkCodec } from "./checkCodec";
import { outOfRanges, outOfVcpus, whole } from "../rules/numbers";
import { type Check, type Problem, problem, when } from "../rules/problem";

const BITRATE = whole(50, 200_000, "The unit is kbit/s: 6000 is usual for 1080 pixels of height.");

export const checkRenditions: Check = ({ args: { renditions } }) => {
  if (!renditions) return [];
  return [
    ...when(renditions.length === 0, () =>
      problem("renditions", "must have at least one entry", renditions, "Leave it out for 4k, 1080p, 720p and 480p."),
    ),
    ...renditions.flatMap((rendition, index) => checkRendition(rendition, `renditions[${index}]`)),
    ...duplicates(
      "renditions",
      renditions.map(({ name }) => name),
      "name",
    ),
  ];
};

/** On EKS renditions have job definitions of their own, beside those of other kinds of machines. */
export const checkRenditionsOnEks: Check = ({ args: { renditions = [] }, pipeline: { queues } }) => {
  if (!queues.some(({ site }) => site.platform === "eks")) return [];
  const sites = [...new Set(queues.map(({ site }) => platformName(site)))];
  return renditions.flatMap(({ name }, index) =>
    when(typeof name === "string" && sites.some((site) => name === site || name.startsWith(`${site}-`)), () =>
      problem(
        `renditions[${index}].name`,
        `must not begin with a kind of machines that the queues are on: ${sites.join(", ")}`,
        name,
        "Two job definitions would have one name: choose another.",
      ),
    ),
  );
};

function checkRendition(rendition: RenditionArgs, path: string): Problem[] {
  const { name, height } = rendition;
  return [
    ...badName(`${path}.name`, name, 60),
    ...when(typeof name === "string" && /^audio(?:-\d+)?$/i.test(name), () =>
      problem(
        `${path}.name`,
        "must not be audio, alone or with a number",
        name,
        "The sound has such names: choose another.",
      ),
    ),
    ...when(!(Number.isInteger(height) && height >= 64 && height <= 4320 && height % 2 === 0), () =>
      problem(
        `${path}.height`,
        "must be an even number of pixels from 64 to 4,320",
        height,
        "Video with 4:2:0 colour has no odd sizes: take for example 720.",
      ),
    ),
    ...checkCodec(rendition, path),
    ...outOfRanges(path, rendition, {
      maxBitrateKbps: BITRATE,
      bitrateKbps: BITRATE,
      memoryMiB: whole(128, 1_048_576, "The unit is MiB: 2048 is usual for 1080 pixels of height."),
      attemptTimeoutSeconds: whole(60, 1_209_600, "Leave it out for what jobs.transcode says."),
    }),
    ...outOfVcpus(`${path}.vcpus`, rendition.vcpus),
    ...checkQuality(rendition, path),
  ];
}

function checkQuality({ crf, maxBitrateKbps, bitrateKbps }: RenditionArgs, path: string): Problem[] {
  if (bitrateKbps === undefined) return [];
  const [other, value] = crf === undefined ? ["maxBitrateKbps", maxBitrateKbps] : ["crf", crf];
  return when(value !== undefined, () =>
    problem(
      `${path}.bitrateKbps`,
      `must not be given together with ${other}`,
      bitrateKbps,
      "Keep crf and maxBitrateKbps for a constant quality, or bitrateKbps for a constant size.",
    ),
  );
}
