import { AUDIO, PLAYLIST } from "../../../contract/outputs";
import type { AudioPurpose } from "../../../contract/sourceAudio";
import { languageTag } from "../../plan/language";
import type { Bandwidth } from "./bandwidth";
import type { MediaGroup } from "./master";

/** An audio track in the master playlist. */
export interface AudioRendition {
  name: string;
  label: string;
  language?: string;
  purpose?: AudioPurpose;
  channels: number;
  codec: string;
  bandwidth: Bandwidth;
}

/** The audio tracks as the one group that goes with every variant, the default track first. */
export function audioGroup(tracks: readonly AudioRendition[]): MediaGroup {
  return {
    type: "AUDIO",
    id: AUDIO,
    rows: mediaRows(tracks),
    codecs: tracks.map(({ codec }) => codec),
    bandwidths: tracks.map(({ bandwidth }) => bandwidth),
  };
}

/**
 * By themselves, players select only the first track of each language and the audio description for those who can't see the video,
 * and the default track before any other (RFC 8216, 4.3.4.1).
 */
function mediaRows(tracks: readonly AudioRendition[]): string[] {
  const offered = new Set<string>();
  return tracks.map(({ name, label, language, purpose, channels }, index) => {
    const tag = languageTag(language);
    const kind = [tag, purpose].join();
    const autoselect = index === 0 || (purpose !== "commentary" && tag !== undefined && !offered.has(kind));
    offered.add(kind);
    const attributes = [
      `TYPE=AUDIO,GROUP-ID="${AUDIO}",NAME="${label}"`,
      ...(tag ? [`LANGUAGE="${tag}"`] : []),
      `DEFAULT=${yesOrNo(index === 0)},AUTOSELECT=${yesOrNo(autoselect)}`,
      ...(purpose === "description" ? ['CHARACTERISTICS="public.accessibility.describes-video"'] : []),
      `CHANNELS="${channels}",URI="${name}/${PLAYLIST}"`,
    ];
    return `#EXT-X-MEDIA:${attributes.join(",")}`;
  });
}

function yesOrNo(value: boolean): string {
  return value ? "YES" : "NO";
}
