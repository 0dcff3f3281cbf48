import { InputError } from "../../errors/errors";
import type { MediaTrack, ReadFile } from "../mp4/movie";
import { readDescriptions, type SampleDescription } from "../mp4/sampleDescriptions";
import { findUsedDescriptions } from "../mp4/usedDescriptions";

/** Codecs whose decoders take other settings, which the demuxer passes on to them, unless they are those of fragments. */
const ADJUSTABLE = ["avc1", "avc3", "hvc1", "hev1", "mp4a.40"];

/** Codecs whose pictures or frames say everything themselves: ProRes, DNxHD, JPEG, VP8, VP9, AC-3 and MP3. */
const SELF_DESCRIBING = [
  ...["apco", "apcs", "apcn", "apch", "ap4h", "ap4x", "AVdn", "AVdh", "jpeg", "vp08", "vp09"],
  ...["ac-3", "ec-3", ".mp3", "mp4a.69", "mp4a.6b"],
];

/**
 * Refuses an MP4 or MOV whose pictures or sound change in a way that ffmpeg doesn't follow, where the file's index has several descriptions
 * for one track. It leaves out what is in another codec, and decodes the rest by one description.
 */
export async function assertDecodableDescriptions(
  name: string,
  file: ReadFile,
  tracks: readonly MediaTrack[],
): Promise<void> {
  for (const track of tracks) {
    const { what } = track;
    const descriptions = await readDescriptions(file.read, track);
    if (descriptions.length < 2) continue;
    const { numbers, fragmented } = await findUsedDescriptions(file, track);
    const used = numbers.flatMap((number) => descriptions[number] ?? []);
    if (used.length === 0) continue;
    const codecs = [...new Set(used.map(({ codec }) => codec))];
    if (codecs.length > 1) {
      throw new InputError(
        `${name} has ${what} in more than one codec (${codecs.join(" and ")}); convert its parts to the same codec and join them again.`,
      );
    }
    if (!canFollow(descriptions, used, fragmented)) {
      throw new InputError(
        `${name} has ${descriptions.length} descriptions of its ${what} (${codecs.join()}), of which ffmpeg takes one for all; convert its parts with the same settings and join them again.`,
      );
    }
  }
}

function canFollow(
  [first]: readonly SampleDescription[],
  used: readonly SampleDescription[],
  fragmented: boolean,
): boolean {
  if (used.some(({ look }) => look !== first?.look)) return false;
  const settings = new Set(used.map((description) => description.settings));
  const [codec = ""] = used.map((description) => description.codec);
  if (SELF_DESCRIBING.includes(codec)) return true;
  // ffmpeg 5 begins with the first description, whether or not it is used.
  if (used[0]?.settings !== first?.settings) return false;
  return settings.size === 1 || (ADJUSTABLE.includes(codec) && !fragmented);
}
