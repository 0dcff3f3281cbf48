import type { SourceAudio } from "../../../contract/sourceAudio";
import { InputError } from "../../errors/errors";
import type { MediaInput } from "../../ffmpeg/input";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeFormat, ProbeStream } from "../ffprobe/output";
import { describedCodec, findDescribedChange } from "../sound/describedSound";
import { FRAME_HEADERS } from "../sound/frameHeaders";
import { type SoundFrame, readSoundFrames } from "../sound/frames";
import { findUntimedChange } from "../sound/headedSound";
import type { SoundChange } from "../sound/soundChange";

/** Containers that describe sound for many frames at once, and that ffmpeg joins by the ticks of the first part. */
const DESCRIBED_ONCE = ["mov", "matroska", "flv"];

type FindChange = (frames: AsyncIterable<SoundFrame>, stream: ProbeStream) => Promise<SoundChange | undefined>;

/** How changes are found in a stream. Undefined where nothing shows them, or where decoders follow them. */
function findChangeOf(format: ProbeFormat, stream: ProbeStream): FindChange | undefined {
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
  { format, streams }: Probe,
  name: string,
  tracks: readonly Pick<SourceAudio, "stream">[],
): Promise<void> {
  const finders = new Map<ProbeStream, FindChange>();
  for (const stream of streams.filter(({ index }) => tracks.some((track) => track.stream === index))) {
    const find = findChangeOf(format, stream);
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
