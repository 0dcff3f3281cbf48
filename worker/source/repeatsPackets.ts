import { isContainer } from "./ffprobe/isContainer";
import type { Probe } from "./ffprobe/output";
import { listPartialPackets } from "./frames/partialPackets";
import type { Source } from "./loopback/source";
import { hasRepeats } from "./transport/lostPackets";

/**
 * Whether packets of a transport stream come twice. ffmpeg reports them as it does lost ones.
 *
 * @param lost When packets are decoded that may lack a part, by their stream and in its time base.
 */
export async function repeatsPackets(
  input: Source,
  { format }: Probe,
  name: string,
  lost: ReadonlyMap<number, readonly number[]>,
): Promise<boolean> {
  if (!isContainer(format, ["mpegts"]) || lost.size === 0) return false;
  return hasRepeats(input.read, await listPartialPackets(input, name, lost));
}
