import { assertNotInterrupted } from "../../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../../ffmpeg/input";
import { PacketBytes } from "../../ffmpeg/packetBytes";
import { type RunningProgram, start } from "../../ffmpeg/run";

/** Reads how the packets of a stream begin, in the order in which ffprobe lists them. */
export class PacketHeads {
  private reading: { ffmpeg: RunningProgram; bytes: PacketBytes } | undefined;

  constructor(
    private readonly input: MediaInput,
    /** The index of the stream. */
    private readonly stream: number,
    /** How many bytes of each are wanted. */
    private readonly length: number,
  ) {}

  /** The next packet, which has this size. Undefined if it can't be read, which is reported where packets are listed. */
  async next(size: number): Promise<Buffer | undefined> {
    const { ffmpeg, bytes } = (this.reading ??= this.begin());
    const head = await bytes.take(size, this.length);
    if (!head) assertNotInterrupted("the video", await ffmpeg.ended);
    return head;
  }

  close(): void {
    this.reading?.ffmpeg.stop();
  }

  /** Not before the first packet is listed: while ffprobe and ffmpeg take in the index of an MP4, they need half as much again. */
  private begin(): { ffmpeg: RunningProgram; bytes: PacketBytes } {
    const { input, stream } = this;
    // Numbers instead of times, which several packets may have in common.
    const numbered = ["-c", "copy", "-copyinkf", "-copypriorss", "1", "-bsf:v", "setts=ts=N"];
    const copy = ["-copyts", "-i", input.url, "-map", `0:${stream}`, ...numbered, "-f", "data", "-"];
    const ffmpeg = start("ffmpeg", [...QUIET, ...INPUT_OPTIONS, ...copy], { input });
    return { ffmpeg, bytes: new PacketBytes(ffmpeg.output as AsyncIterable<Buffer>) };
  }
}
