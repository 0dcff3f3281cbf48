import { shortenText } from "../../contract/shortenText";
import type { AudioPurpose, SourceAudio } from "../../contract/sourceAudio";
import type { Probe, ProbeStream } from "./ffprobe/output";
import { soundOfProgramme } from "./programme";

/** Lists the video's audio tracks that are to be played and can be encoded: the default one or else the first, then the others in the file's order. */
export function listAudioTracks(probed: Probe, video: ProbeStream): SourceAudio[] {
  const tracks = soundOfProgramme(probed, video).filter(
    ({ codec_name = "unknown", channels = 0, disabled }) => !disabled && codec_name !== "unknown" && channels > 0,
  );
  const main = tracks.find(({ disposition }) => disposition?.["default"]) ?? tracks[0];
  return tracks.sort((a, b) => Number(b === main) - Number(a === main)).map(describeTrack);
}

/** Names of layouts. Unknown and custom ones are described instead: `4 channels (FL+FR+LFE+BC)`. */
const LAYOUT_NAME = /^(?!unknown)[a-z0-9.]+(?:\([a-z-]+\))?$/;

function describeTrack({ index, channels = 0, channel_layout = "", tags, disposition }: ProbeStream): SourceAudio {
  const language = tags?.["language"];
  const title = sanitiseTitle(tags?.["title"]);
  const purpose: AudioPurpose | undefined = disposition?.["comment"]
    ? "commentary"
    : disposition?.["visual_impaired"]
      ? "description"
      : undefined;
  return {
    stream: index,
    channels,
    ...(LAYOUT_NAME.test(channel_layout) ? { layout: channel_layout } : {}),
    ...(language && !/^und$/i.test(language) ? { language } : {}),
    ...(title ? { title } : {}),
    ...(purpose ? { purpose } : {}),
  };
}

/** Characters that players show as nothing: marks without a letter, and signs that only steer how others are shown. */
const INVISIBLE = /^[\s\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]*$/u;

/** Signs that turn the direction of all that follows, in the player's menu too. */
const DIRECTION_OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Makes a title one that playlists can hold between quotation marks. Undefined if nothing of it would be seen. */
function sanitiseTitle(title = ""): string | undefined {
  const plain = title.replace(DIRECTION_OVERRIDES, "").replace(/[\s\p{Cc}"]+/gu, " ");
  const short = shortenText(plain.trim(), 100).trimEnd();
  return INVISIBLE.test(short) ? undefined : short;
}
