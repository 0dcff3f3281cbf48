import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import { type Clock, Stretches } from "./stretches";
import type { ListedPacket } from "./listedPacket";
import { StrayPictures } from "../strays/strayPictures";
import { type Stray, StrayTimes } from "../strays/strayTimes";
import { LongestPause } from "./longestPause";
import { type SoundGap, SoundGaps } from "./soundGaps";
import { SoundJitter } from "../sound/soundJitter";
import { SoundRuns } from "./soundRuns";

/** Clocks of 33 bits that count 90,000ths of a second. */
const MPEG_CLOCK: Clock = { jumps: true, wrap: 2 ** 33 / 90_000 };

/** In all other containers, times say how long a picture is shown. */
const CLOCKS: Record<string, Clock> = {
  mpegts: MPEG_CLOCK,
  mpeg: MPEG_CLOCK,
  // Those of 32 bits that count milliseconds.
  flv: { jumps: true, wrap: 2 ** 32 / 1000 },
};

/** Seconds by which the length of a frame differs at another rate. Rounding makes less of it. */
const UNEVEN = 0.001;

/** What the times of the packets of all streams with pictures or sound show. */
export class StreamTimes {
  /** The first timestamp of each stream that has a packet, by the stream's index. */
  readonly first = new Map<number, number>();
  /** The kind of each stream that has a packet. */
  readonly kinds = new Map<number, string>();
  readonly pauses = new LongestPause();
  /** The seconds that a frame takes in each stream in which several share a timestamp. */
  readonly grouped = new Map<number, number>();
  /** Those of these streams whose frames don't come at one distance. */
  readonly uneven = new Set<number>();
  /** When each stream of sound is heard. */
  readonly sounds = new SoundRuns();
  /** Which streams of sound have frames that come late. */
  readonly jitter = new SoundJitter();
  readonly stretches: Stretches;
  private readonly strayTimes: StrayTimes;
  private readonly strayPictures: StrayPictures;
  /** Where the last packet ends in the file. */
  end = 0;
  readonly soundGaps = new SoundGaps();
  /** When the next frame of these streams is due, in ticks. */
  private readonly due = new Map<number, number>();
  private readonly ticks: ReadonlyMap<number, number>;
  private readonly frameSeconds: ReadonlyMap<number, number>;

  constructor({ format, streams }: Probe) {
    this.frameSeconds = new Map(
      streams.flatMap((stream) => {
        const seconds = aacFrameSeconds(stream);
        return seconds === undefined ? [] : [[stream.index, seconds]];
      }),
    );
    this.stretches = new Stretches(CLOCKS[format.format_name] ?? { jumps: false, wrap: Infinity });
    this.strayTimes = new StrayTimes(this.stretches.distance);
    this.strayPictures = new StrayPictures(this.stretches.distance);
    this.ticks = new Map(
      streams.map((stream) => {
        const [numerator, denominator] = parseTimeBase(stream);
        return [stream.index, numerator / denominator];
      }),
    );
  }

  add(packet: ListedPacket): void {
    const { kind, stream, pts, dts, duration, position, size, key, hidden } = packet;
    if (!Number.isNaN(pts) && !this.first.has(stream)) this.first.set(stream, pts);
    if (kind !== "video" && kind !== "audio") return;
    if (!Number.isNaN(position)) this.end = Math.max(this.end, position + size);
    this.kinds.set(stream, kind);
    // Streams that the probe doesn't know yet begin later, in containers whose streams have the same ticks.
    const tick = this.secondsOf(stream, 1);
    const [shown, decoded] = [pts * tick, dts * tick];
    if (Number.isNaN(position) && !this.grouped.has(stream)) this.grouped.set(stream, duration * tick);
    if (kind === "audio" && this.grouped.has(stream)) this.noteUneven(packet, tick);
    if (!Number.isNaN(pts)) this.pauses.add(shown);
    if (kind === "audio" && !hidden) this.soundGaps.add(packet, tick);
    if (kind === "audio" && !Number.isNaN(pts) && !hidden) {
      this.sounds.add(stream, shown, duration * tick);
      this.jitter.add(stream, shown, this.frameSeconds.get(stream) ?? duration * tick);
    }
    const timed = { stream, position, size, decoded, shown, duration: duration * tick, key };
    this.stretches.add(timed);
    this.strayTimes.add(timed, this.stretches.position);
    if (kind === "video" && size > 0) this.strayPictures.add(timed, this.stretches.position);
  }

  /** Demuxers of AAC list each frame with the length of the first, so that only the next time that is stated shows another one. */
  private noteUneven({ stream, pts, duration }: ListedPacket, tick: number): void {
    const [length, due] = [this.grouped.get(stream) ?? NaN, this.due.get(stream) ?? NaN];
    if (Math.abs(duration * tick - length) > UNEVEN || Math.abs(pts - due) * tick > UNEVEN) this.uneven.add(stream);
    this.due.set(stream, pts + duration);
  }

  /** Packets whose times are far off. */
  get strays(): readonly Stray[] {
    const { found } = this.strayTimes;
    return found.length > 0 ? found : this.strayPictures.found;
  }

  /** A time of a stream in seconds. */
  secondsOf(stream: number, ticks: number): number {
    return ticks * (this.ticks.get(stream) ?? this.ticks.get(0) ?? NaN);
  }

  /** Where the last packet of these streams begins in the file. 0 if they have none. */
  lastOf(streams: readonly number[]): number {
    return Math.max(0, ...streams.map((stream) => this.stretches.byStream.get(stream)?.at(-1)?.lastPosition ?? 0));
  }

  /** Where the first packet of a stream begins in the file. Undefined if it has none. */
  positionOf(stream: number): number | undefined {
    return this.stretches.byStream.get(stream)?.[0]?.position;
  }

  /** The seconds from the beginning of a stream's first packet to the end of its last one. Undefined if it has none. */
  readonly spanOf = (stream: number): number | undefined => {
    const stretches = this.stretches.byStream.get(stream);
    const [first, last] = [stretches?.[0], stretches?.at(-1)];
    return first && last && last.decodedUntil - first.decoded;
  };

  /**
   * When streams of sound lack packets.
   *
   * @param lost When packets are decoded that lack a part, by their stream and in its time base.
   * @param skips When bytes belong to no packet, in seconds.
   */
  findSoundGaps(lost: ReadonlyMap<number, readonly number[]>, skips: readonly number[]): SoundGap[] {
    const inSeconds = [...lost].map(([stream, times]): [number, number[]] => {
      return [stream, times.map((time) => this.secondsOf(stream, time))];
    });
    return this.soundGaps.explainedBy(new Map(inSeconds), skips);
  }
}

/** The seconds of a frame of AAC. MP4 states how long a frame is until the next one begins, not how long it is. */
function aacFrameSeconds({ codec_name, profile = "", sample_rate }: ProbeStream): number | undefined {
  if (codec_name !== "aac" || sample_rate === undefined) return undefined;
  // Spectral band replication doubles the rate.
  return (profile.startsWith("HE-AAC") ? 2048 : 1024) / Number(sample_rate);
}
