import type { Plan } from "../../../contract/plan";
import { lines } from "../hls/playlist";

/** Yields the lines of an adaptation set, whose id is its position in the manifest. */
export type AdaptationSet = (id: number) => string[];

/**
 * The MPEG-DASH manifest over the segments of HLS (ISO/IEC 23009-1). Segments are addressed by a template with their time: chunks that
 * are encoded independently can't number their segments throughout, and dash.js ignores the timeline of a list of names. The first
 * picture is at the timeline's offset, which `presentationTimeOffset` subtracts.
 */
export function dashManifest(
  { segmentSeconds }: Pick<Plan, "segmentSeconds">,
  durationSeconds: number,
  sets: readonly AdaptationSet[],
): string {
  return lines([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" ' +
      `mediaPresentationDuration="${seconds(durationSeconds)}" minBufferTime="${seconds(segmentSeconds)}">`,
    '  <Period id="0" start="PT0S">',
    ...sets.flatMap((set, id) => set(id)),
    "  </Period>",
    "</MPD>",
  ]);
}

function seconds(value: number): string {
  return `PT${Number(value.toFixed(6))}S`;
}
