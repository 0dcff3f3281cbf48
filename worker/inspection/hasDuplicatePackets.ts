import { isContainer } from "../source/ffprobe/isContainer";
import type { Probe } from "../source/ffprobe/output";
import { listPartialPackets } from "../source/frames/partialPackets";
import type { Source } from "../source/loopback/source";
import { hasDuplicates } from "../source/transport/lostPackets";

/**
 * Whether a transport stream has duplicate packets. ffmpeg reports them as it does lost ones.
 *
 * @param lost When packets are decoded that may lack a part, by their stream and in its time base.
 */
export async function hasDuplicatePackets(
  input: Source,
  { format }: Probe,
  name: string,
  lost: ReadonlyMap<number, readonly number[]>,
): Promise<boolean> {
  if (!isContainer(format, ["mpegts"]) || lost.size === 0) return false;
  return hasDuplicates(input.read, await listPartialPackets(input, name, lost));
}
