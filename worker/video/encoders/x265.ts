import type { Plan, PlanRendition } from "../../../contract/plan";
import { forceKeyframes } from "./forceKeyframes";
import { ceilingArguments } from "./bitrateCeiling";
import { encoderThreads } from "./encoderThreads";

/** Describes the display of an HDR source in every keyframe. */
function displaySettings({ source }: Plan, { colour }: PlanRendition): Record<string, string | number> {
  if (!colour || colour.range === "SDR") return {};
  const { mastering, light } = source.colour ?? {};
  const point = (name: string, [x, y]: readonly [number, number]): string => `${name}(${x},${y})`;
  return {
    ...(colour.range === "PQ" ? { hdr10: 1 } : {}),
    ...(mastering
      ? {
          "master-display":
            point("G", mastering.green) +
            point("B", mastering.blue) +
            point("R", mastering.red) +
            point("WP", mastering.white) +
            point("L", [mastering.luminance[1], mastering.luminance[0]]),
        }
      : {}),
    ...(light ? { "max-cll": `${light.content},${light.average}` } : {}),
  };
}

export function x265(plan: Plan, rendition: PlanRendition): string[] {
  const { preset, crf, bitrateKbps, colour } = rendition;
  const settings = {
    // x265 derives the level from the frame rate, and would mistake the fine time base for it.
    "fps": plan.source.frameRate.join("/"),
    // Leading pictures that refer to the GOP before their keyframe would break where chunks join.
    "open-gop": 0,
    "scenecut": 0,
    // Pictures that are encoded at the same time would divide the bits below a ceiling in the order in which their threads run, and
    // so would the rows of a picture. Every run would differ.
    "frame-threads": 1,
    "const-vbv": 1,
    "pools": encoderThreads(rendition),
    // Otherwise it writes its settings as text into the stream, among them the number of threads.
    "info": 0,
    "log-level": "error",
    ...displaySettings(plan, rendition),
  };
  return [
    ...[
      "-c:v",
      "libx265",
      "-tag:v",
      "hvc1",
      "-preset",
      preset,
      "-profile:v",
      colour?.bitDepth === 10 ? "main10" : "main",
    ],
    ...(bitrateKbps === undefined ? ["-crf", String(crf)] : ["-b:v", `${bitrateKbps}k`]),
    ...ceilingArguments(rendition),
    ...[
      "-x265-params",
      Object.entries(settings)
        .map((entry) => entry.join("="))
        .join(":"),
    ],
    ...["-forced-idr", "1", "-flags", "+cgop+bitexact"],
    ...forceKeyframes(plan),
  ];
}
