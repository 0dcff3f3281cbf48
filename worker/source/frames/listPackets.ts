import { createInterface } from "node:readline";

import { InputError } from "../../errors/errors";
import { assertNotInterrupted, lastCause, withFullStop } from "../../ffmpeg/failure";
import type { MediaInput } from "../../ffmpeg/input";
import { start } from "../../ffmpeg/run";
import { PROBE_OPTIONS } from "../ffprobe/options";
import { LISTED_ENTRIES, type ListedPacket, parsePacket } from "./listedPacket";
import { Reports, WITH_WARNINGS } from "./reports";

/** How many bytes of errors are kept: some ten thousand lines. */
const ERROR_BYTES = 1 << 20;

/** What a demuxer says of a file that it has read to its end. */
export interface Reading {
  /** The lines of errors. */
  errors: string;
  reports: Reports;
}

/**
 * Hands over all packets of a file, in its order and without decoding them.
 *
 * @param name The file's name in messages.
 * @param stream The index of the only stream that is listed. Without it, all are.
 */
export async function listPackets(
  input: MediaInput,
  name: string,
  take: (packet: ListedPacket) => Promise<void>,
  stream?: number,
): Promise<Reading> {
  const selected = stream === undefined ? [] : ["-select_streams", String(stream)];
  const show = ["-show_entries", LISTED_ENTRIES, "-of", "csv=p=0"];
  const args = [...PROBE_OPTIONS, ...WITH_WARNINGS, ...selected, ...show, "-i", input.url];
  const reports = new Reports();
  const ffprobe = start("ffprobe", args, { input, stderrBytes: ERROR_BYTES, onLine: reports.add });
  for await (const line of createInterface({ input: ffprobe.output })) {
    const packet = parsePacket(line);
    if (packet) await take(packet);
  }
  const exit = await ffprobe.ended;
  assertNotInterrupted(name, exit);
  if (exit.code !== 0) {
    const reason = withFullStop(lastCause(exit.stderr) ?? "no reason was given");
    throw new InputError(`${name} can't be read to its end: ${reason}`);
  }
  return { errors: exit.stderr, reports };
}
