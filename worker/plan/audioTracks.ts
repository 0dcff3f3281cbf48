import type { LadderAudio, PlanAudio, SourceAudio } from "../../contract/plan";
import { AUDIO } from "../../contract/outputs";
import { languageName } from "./language";

/** Numbers of channels with a layout that AAC names and players know: mono, stereo, 5.0, 5.1 and 7.1. */
const LAYOUTS = [8, 6, 5, 2, 1];

/** The tracks to make of the source's: no more than are wanted, and none with more channels than it has. */
export function plannedSound(sources: readonly SourceAudio[], wanted: LadderAudio): PlanAudio[] {
  const labels: string[] = [];
  return sources.slice(0, wanted.maxTracks).map((source, index) => {
    const channels = LAYOUTS.find((count) => count <= Math.min(source.channels, wanted.channels)) ?? 1;
    labels.push(labelOf(source, index, labels));
    return {
      name: index === 0 ? AUDIO : `${AUDIO}-${index + 1}`,
      stream: source.stream,
      label: labels[index] ?? "",
      channels,
      bitrateKbps: Math.max(16, Math.round((wanted.bitrateKbps * channels) / Math.max(channels, wanted.channels))),
      ...(source.language === undefined ? {} : { language: source.language }),
      ...(source.purpose === undefined ? {} : { purpose: source.purpose }),
    };
  });
}

const PURPOSES = { commentary: "commentary", description: "audio description" };

/** The track's title if it has one, or else its language. No two tracks may be called the same (RFC 8216, 4.3.4.1.1). */
function labelOf({ title, language, purpose }: SourceAudio, index: number, taken: readonly string[]): string {
  const spoken = languageName(language);
  const plain = title ?? spoken ?? (index === 0 ? "Main" : `Track ${index + 1}`);
  const label = purpose && title === undefined ? `${plain} (${PURPOSES[purpose]})` : plain;
  const candidates = [label, ...(title && spoken ? [`${title} (${spoken})`] : [])];
  for (let number = 2; ; number++) {
    const free = candidates.find((candidate) => !taken.includes(candidate));
    if (free !== undefined) return free;
    candidates.push(`${label} ${number}`);
  }
}
