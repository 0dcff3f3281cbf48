import type { Plan, PlanRendition } from "../../../contract/plan";
import { forcedKeyframes } from "./keyframes";
import { ceiling } from "./rate";
import { encoderThreads } from "./threads";

/** What an HDR picture is to be shown on, in every keyframe. */
function display({ source }: Plan, { colour }: PlanRendition): Record<string, string | number> {
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
    // It derives the level from a frame rate, and would take the fine time base for one.
    "fps": plan.source.frameRate.join("/"),
    // A keyframe with leading pictures that refer to the GOP before it would break where chunks join.
    "open-gop": 0,
    "scenecut": 0,
    // Pictures encoded side by side share the bits under a ceiling as their threads happen to run, and so do the rows of one
    // picture unless they are told not to, which makes every run different.
    "frame-threads": 1,
    "const-vbv": 1,
    "pools": encoderThreads(rendition),
    // Its settings as text in the stream, the number of threads among them.
    "info": 0,
    "log-level": "error",
    ...display(plan, rendition),
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
    ...ceiling(rendition),
    ...[
      "-x265-params",
      Object.entries(settings)
        .map((entry) => entry.join("="))
        .join(":"),
    ],
    ...["-forced-idr", "1", "-flags", "+cgop+bitexact"],
    ...forcedKeyframes(plan),
  ];
}
