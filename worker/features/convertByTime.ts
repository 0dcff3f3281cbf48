import { isDeepStrictEqual } from "node:util";

import type { Plan, SourceColour } from "../../contract/plan";
import { sumOf } from "../ffmpeg/sumOf";

/** Makes the filters for pictures whose colours are coded in some way. */
type Convert = (colour: SourceColour | undefined) => string[];

/**
 * The filters that convert pictures from all over the video, whose colours may be coded in several ways: each picture passes those of its
 * time. They may follow other filters and precede some.
 *
 * @param name What the names of the links between the filters begin with.
 */
export function convertByTime({ source, timeline }: Plan, name: string, convert: Convert): string {
  const { colour, colours, timeBase } = source;
  if (!colours) return convert(colour).join(",");
  // Half a tick earlier, because times are rounded.
  const seconds = (pts: number): string =>
    (((pts - 0.5) * timeBase[0] - timeline.origin) / timeline.timescale).toFixed(6);
  const codings = colours.filter((one, index) => colours.findIndex((other) => isAlike(one, other)) === index);
  const all = colours.map((change, index) => {
    const conditions = [
      ...(index > 0 ? [`gte(t,${seconds(change.from)})`] : []),
      ...(colours[index + 1] ? [`lt(t,${seconds(colours[index + 1]?.from as number)})`] : []),
    ];
    return { change, condition: conditions.join("*") };
  });
  const links = (kind: string): string => codings.map((_, index) => `[${name}_${kind}_${index}]`).join("");
  const branches = codings.map((coding, index) => {
    const times = all.filter(({ change }) => isAlike(change, coding)).map(({ condition }) => condition);
    return `[${name}_in_${index}]select='${sumOf(times)}',${convert(coding.colour).join(",")}[${name}_out_${index}]`;
  });
  return [`split=${codings.length}${links("in")}`, ...branches, `${links("out")}interleave=${codings.length}`].join(
    ";",
  );
}

function isAlike(one: { colour?: SourceColour }, other: { colour?: SourceColour }): boolean {
  return isDeepStrictEqual(one.colour, other.colour);
}
