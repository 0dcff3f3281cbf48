import type { LadderAudio, PlanAudio } from "../../contract/plan";
import type { SourceAudio } from "../../contract/sourceAudio";
import { AUDIO } from "../../contract/outputs";
import { languageName } from "./language";

/** The channel counts with a layout that AAC can signal and players know: mono, stereo, 5.0, 5.1 and 7.1. */
const CHANNEL_COUNTS = [8, 6, 5, 2, 1];

/** Plans the audio tracks: at most as many as the ladder allows, none with more channels than its source. */
export function planAudioTracks(sources: readonly SourceAudio[], ladder: LadderAudio): PlanAudio[] {
  const labels: string[] = [];
  return sources.slice(0, ladder.maxTracks).map((source, index) => {
    const channels = CHANNEL_COUNTS.find((count) => count <= Math.min(source.channels, ladder.channels)) ?? 1;
    labels.push(chooseLabel(source, index, labels));
    return {
      name: index === 0 ? AUDIO : `${AUDIO}-${index + 1}`,
      stream: source.stream,
      label: labels[index] ?? "",
      channels,
      bitrateKbps: Math.max(16, Math.round((ladder.bitrateKbps * channels) / Math.max(channels, ladder.channels))),
      ...(source.language === undefined ? {} : { language: source.language }),
      ...(source.purpose === undefined ? {} : { purpose: source.purpose }),
    };
  });
}

const PURPOSES = { commentary: "commentary", description: "audio description" };

/** The track's title or else its language. Labels must be unique (RFC 8216, 4.3.4.1.1). */
function chooseLabel({ title, language, purpose }: SourceAudio, index: number, taken: readonly string[]): string {
  const spoken = languageName(language);
  const plain = title ?? spoken ?? (index === 0 ? "Main" : `Track ${index + 1}`);
  const label = purpose && title === undefined ? `${plain} (${PURPOSES[purpose]})` : plain;
  const spokenToo = title && spoken ? [`${title} (${spoken})`] : [];
  const numbered = taken.map((_, earlier) => `${label} ${earlier + 2}`);
  // One more candidate than there are labels, so one of them is free.
  return [label, ...spokenToo, ...numbered].find((candidate) => !taken.includes(candidate)) ?? label;
}
