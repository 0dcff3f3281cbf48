import { createInterface } from "node:readline";

import { InputError, JobError } from "../../errors/errors";
import { assertNotInterrupted, lastCause, withFullStop } from "../../ffmpeg/failure";
import type { MediaInput } from "../../ffmpeg/input";
import { start } from "../../ffmpeg/run";
import { PROBE_OPTIONS } from "../ffprobe/options";
import { LISTED_ENTRIES, type ListedPacket, parsePacket } from "./listedPacket";
import { readReports, type Reports, WITH_WARNINGS } from "./reports";

/** How many bytes of reports are kept: some ten thousand lines. */
const REPORT_BYTES = 1 << 20;

/**
 * Hands over all packets of a file, in its order and without decoding them.
 *
 * @param name The file's name in messages.
 * @param stream The index of the only stream that is listed. Without it, all are.
 * @returns What the demuxer reports.
 */
export async function listPackets(
  input: MediaInput,
  name: string,
  take: (packet: ListedPacket) => Promise<void>,
  stream?: number,
): Promise<Reports> {
  const selected = stream === undefined ? [] : ["-select_streams", String(stream)];
  const show = ["-show_entries", LISTED_ENTRIES, "-of", "csv=p=0"];
  const args = [...PROBE_OPTIONS, ...WITH_WARNINGS, ...selected, ...show, "-i", input.url];
  const ffprobe = start("ffprobe", args, { input, stderrBytes: REPORT_BYTES });
  for await (const line of createInterface({ input: ffprobe.output })) {
    const packet = parsePacket(line);
    if (packet) await take(packet);
  }
  const { code, signal, stderr } = await ffprobe.ended;
  const reports = readReports(stderr);
  if (signal) throw new JobError(`ffprobe was ended by ${signal}.`);
  assertNotInterrupted(name, reports.errors);
  if (code !== 0) {
    const reason = withFullStop(lastCause(reports.errors) ?? `ffprobe's exit code is ${code}`);
    throw new InputError(`${name} can't be read to its end: ${reason}`);
  }
  return reports;
}
