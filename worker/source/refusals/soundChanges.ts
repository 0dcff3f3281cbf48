import type { SourceAudio } from "../../../contract/sourceAudio";
import { InputError } from "../../errors/errors";
import type { MediaInput } from "../../ffmpeg/input";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { describedCodec, findDescribedChange } from "../sound/describedSound";
import { FRAME_HEADERS } from "../sound/frameHeaders";
import { type SoundFrame, readSoundFrames } from "../sound/frames";
import { findUntimedChange } from "../sound/headedSound";
import type { SoundChange } from "../sound/soundChange";
import { findVorbisChange } from "../sound/vorbisSound";
import { readHeaders } from "../vorbis/readHeaders";
import { readSetup } from "../vorbis/setup";

/** Containers that describe sound for many frames at once, and that ffmpeg joins by the ticks of the first part. */
const DESCRIBED_ONCE = ["mov", "matroska", "flv"];

/** Those with the headers of Vorbis. */
const WITH_HEADERS = ["mov", "matroska", "ogg"];

type FindChange = (frames: AsyncIterable<SoundFrame>, stream: ProbeStream) => Promise<SoundChange | undefined>;

/** How changes are found in a stream. Undefined where nothing shows them, or where decoders follow them. */
async function findChangeOf(
  input: MediaInput,
  { format }: Probe,
  name: string,
  stream: ProbeStream,
): Promise<FindChange | undefined> {
  if (stream.codec_name === "vorbis" && isContainer(format, WITH_HEADERS)) {
    const setup = readSetup(await readHeaders(input, name, stream));
    return setup && ((frames) => findVorbisChange(frames, setup));
  }
  if (!isContainer(format, DESCRIBED_ONCE)) return undefined;
  const described = describedCodec(stream);
  // The times of other containers count the bytes of bare samples.
  if (described && (described.hasElements || isContainer(format, ["matroska"]))) return findDescribedChange;
  return FRAME_HEADERS[stream.codec_name ?? ""] && findUntimedChange;
}

/**
 * Refuses a file with sound whose channels or sample rate change, although its description doesn't, or whose times don't follow. ffmpeg makes
 * such files when it joins others with `-c copy`, and then repeats a piece of old sound in the channels that are missing, or plays it too fast
 * or too slowly. This reads the sound once more.
 */
export async function assertUnchangedSound(
  input: MediaInput,
  probed: Probe,
  name: string,
  tracks: readonly Pick<SourceAudio, "stream">[],
): Promise<void> {
  const { format, streams } = probed;
  const finders = new Map<ProbeStream, FindChange>();
  for (const stream of streams.filter(({ index }) => tracks.some((track) => track.stream === index))) {
    const find = await findChangeOf(input, probed, name, stream);
    if (find) finders.set(stream, find);
  }
  if (finders.size === 0) return;
  const changes = await readSoundFrames(input, name, [...finders.keys()], (frames, stream) =>
    (finders.get(stream) as FindChange)(frames, stream),
  );
  const change = changes.find((found) => found !== undefined);
  if (!change) return;
  const { codec, what, from, about, although, same } = change;
  const seconds = from - Number(format.start_time ?? 0);
  const after = about ? `after about ${seconds.toFixed(0)} seconds` : `after ${seconds.toFixed(1)} seconds`;
  throw new InputError(
    `${name} has ${codec} sound ${what} ${after}, although ${although}; convert the sound of its parts ${same} and join them again.`,
  );
}
