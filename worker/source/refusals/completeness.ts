import type { Probe, ProbeFormat, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";

/** Seconds by which a stream may fall short of the length in its header, since headers round it. */
const TOLERATED_SECONDS = 0.25;

/** What a file lacks at its end. */
export interface Shortfall {
  /** The rest of a sentence about the file. Absent where it says enough how much of the video is damaged. */
  sentence?: string;
  /** How much of the video isn't there. 0 where no more is known than that the last frame isn't whole. */
  seconds: number;
  /** What the file lacks, as a clause. */
  what: string;
  /** Present where an edit list could explain it too: the streams have all the packets that their index lists, but not all are shown. */
  unlessEdited?: true;
  /** Present where what follows the loss has wrong times, and nothing says the right ones. */
  misplaces?: true;
}

export const MID_FRAME: Shortfall = {
  sentence: "is cut off: it ends in the middle of a frame; upload or export it again.",
  seconds: 0,
  what: "the file ends in the middle of a frame",
};

/** Compares what a file's index promises with the packets found in the file, stream by stream. */
export class Completeness {
  private readonly found = new Map<number, { packets: number; begin: number; end: number; latest: number }>();
  private packets = 0;

  add(stream: number, pts: number, duration: number): void {
    const { packets, begin, end } = this.found.get(stream) ?? { packets: 0, begin: Infinity, end: -Infinity };
    const [from, to] = Number.isNaN(pts) ? [begin, end] : [Math.min(begin, pts), Math.max(end, pts + duration)];
    this.found.set(stream, { packets: packets + 1, begin: from, end: to, latest: this.packets++ });
  }

  /** Describes how the file is cut off; undefined when it is complete. `stderr` is the demuxer's. */
  shortfall(probed: Probe, stderr: string): Shortfall | undefined {
    const { format, streams } = probed;
    const reported = /partial file|File ended prematurely|Truncating packet/i.test(stderr);
    for (const stream of streams) {
      const { packets = 0, end = -Infinity } = this.found.get(stream.index) ?? {};
      const listed = packetsListed(format, stream);
      const unlessEdited = reported ? {} : { unlessEdited: true as const };
      if (listed > 0 && listsSamples(stream)) {
        if (endsEarly(stream, end)) return { ...this.earlyEndOf(stream), ...unlessEdited };
        continue;
      }
      // An edit list leaves frames out on purpose, but the stream is then still as long as its header says.
      if (listed > packets && (reported || endsEarly(stream, end))) {
        const what = stream.codec_type === "video" ? "frames" : `packets of ${stream.codec_type ?? "data"}`;
        return {
          sentence: `is cut off: its index lists ${listed} ${what}, and ${packets} are there; upload or export it again.`,
          seconds: secondsLacking(stream, end, 1 - packets / listed),
          what: `${packets} of ${listed} ${what} that the index lists are there`,
          ...unlessEdited,
        };
      }
    }
    return (format.format_name === "mxf" && this.shortfallOfMxf(streams)) || (reported ? MID_FRAME : undefined);
  }

  /** MXF lists no frames, but its headers state a stream's length exactly, in edit units. */
  private shortfallOfMxf(streams: readonly ProbeStream[]): Shortfall | undefined {
    const misplaced = this.soundHoleOfMxf(streams);
    if (misplaced) return misplaced;
    const early = streams.find((stream) => endsEarly(stream, this.endOf(stream)));
    if (early) return this.earlyEndOf(early);
    for (const video of streams.filter(({ codec_type }) => codec_type === "video")) {
      const { packets = 0, begin = 0, end = 0 } = this.found.get(video.index) ?? {};
      const { duration_ts = 0 } = video;
      // What follows a hole in the times is at its own.
      if (packets >= duration_ts || end - begin >= duration_ts) continue;
      const [numerator, denominator] = parseTimeBase(video);
      const seconds = ((duration_ts - packets) * numerator) / denominator;
      const states = `its header states ${duration_ts} pictures`;
      const isComplete = (stream: ProbeStream): boolean => secondsEarly(stream, this.endOf(stream)) < seconds / 2;
      if (streams.some((stream) => stream.codec_type === "audio" && isComplete(stream))) {
        const sentence = `has a hole: ${states}, ${packets} are there, and nothing says when those behind the hole are shown; export it again.`;
        return { sentence, seconds, what: "the file has a hole", misplaces: true };
      }
      const what = `${states}, and ${packets} are there`;
      return { sentence: `is cut off: ${what}; upload or export it again.`, seconds, what };
    }
    return undefined;
  }

  /**
   * Each unit has a picture and the sound that goes with it, whose times count its samples. If sound comes last in the file, and still ends
   * before its header says, some is missing earlier.
   */
  private soundHoleOfMxf(streams: readonly ProbeStream[]): Shortfall | undefined {
    const video = streams.find(({ codec_type }) => codec_type === "video");
    const last = video && this.found.get(video.index);
    if (!video || !last) return undefined;
    const [numerator, denominator] = parseTimeBase(video);
    const pictures = Math.max(0, secondsEarly(video, last.end));
    for (const sound of streams.filter(({ codec_type }) => codec_type === "audio")) {
      const seconds = secondsEarly(sound, this.endOf(sound)) - pictures;
      const isInLastUnit = (this.found.get(sound.index)?.latest ?? 0) > last.latest;
      if (!isInLastUnit || seconds < numerator / denominator / 2) continue;
      const sentence = `has a hole in its sound: ${seconds.toFixed(2)} seconds of what its header states are missing, and nothing says when what follows the hole is heard; export it again.`;
      return { sentence, seconds, what: "the file has a hole in its sound", misplaces: true };
    }
    return undefined;
  }

  private earlyEndOf(stream: ProbeStream): Shortfall {
    const what = `its ${stream.codec_type} ends before its header says`;
    const seconds = secondsEarly(stream, this.endOf(stream));
    return { sentence: `is cut off: ${what}; upload or export it again.`, seconds, what };
  }

  private endOf({ index }: ProbeStream): number {
    return this.found.get(index)?.end ?? -Infinity;
  }

  /** Whether every stream has all the packets that its index lists. */
  hasAll({ format, streams }: Probe): boolean {
    return streams.every((stream) => packetsListed(format, stream) <= (this.found.get(stream.index)?.packets ?? 0));
  }
}

function packetsListed(format: ProbeFormat, stream: ProbeStream): number {
  return listsEmptyPackets(format, stream) ? 0 : Number(stream.nb_frames ?? 0);
}

/** AVI stores empty packets where there is no sound, so a lower count proves nothing; the check for truncation covers AVI instead. */
function listsEmptyPackets({ format_name }: ProbeFormat, { codec_type }: ProbeStream): boolean {
  return format_name === "avi" && codec_type === "audio";
}

/** An index lists each sample of PCM, of which packets have many. */
function listsSamples({ codec_name = "" }: ProbeStream): boolean {
  return codec_name.startsWith("pcm_");
}

function endsEarly(stream: ProbeStream, end: number): boolean {
  const { codec_type } = stream;
  return (codec_type === "video" || codec_type === "audio") && secondsEarly(stream, end) > TOLERATED_SECONDS;
}

/** How much earlier a stream ends than its header says: by all of it if it has no packet. */
function secondsEarly({ time_base, start_pts = 0, duration_ts = 0 }: ProbeStream, end: number): number {
  const [numerator, denominator] = parseTimeBase({ time_base });
  return ((start_pts + duration_ts - Math.max(start_pts, end)) * numerator) / denominator;
}

/** Some headers state the length of what is there. Then the packets that the index lists tell. */
function secondsLacking(stream: ProbeStream, end: number, share: number): number {
  const { time_base, start_pts = 0 } = stream;
  const [numerator, denominator] = parseTimeBase({ time_base });
  const found = ((end - start_pts) * numerator) / denominator;
  return Math.max(secondsEarly(stream, end), (found * share) / (1 - share) || 0);
}
