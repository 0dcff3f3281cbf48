/** A packet as the file lists it, with times in seconds. */
export interface TimedPacket {
  stream: number;
  /** Where it begins in the file, or NaN if the demuxer doesn't say. */
  position: number;
  size: number;
  decoded: number;
  shown: number;
  duration: number;
  key: boolean;
}

/** Packets of one stream whose times continue one another. */
export interface Stretch {
  stream: number;
  /** Where its first packet and its last one begin in the file, or the last packet before whose place is known. */
  position: number;
  lastPosition: number;
  /** When its first packet is decoded, and when its last one has been. */
  decoded: number;
  decodedUntil: number;
  /** The time that its packets cover. */
  begin: number;
  end: number;
  /** The first keyframe. Absent if nothing in it can be decoded alone. */
  keyframe?: FirstKeyframe;
  /** The keyframes at its end. */
  lastKeyframes: Keyframe[];
  /** The seconds from the end of the stretch before to its first packet. 0 for the first stretch. */
  jump: number;
}

export interface Keyframe {
  position: number;
  size: number;
  shown: number;
}

export interface FirstKeyframe extends Keyframe {
  /** Where packets begin that follow it but are shown before it. */
  leading?: number;
  /** Where those end. */
  trailing?: number;
}

/** Seconds by which decoding times may fall, because containers round them. */
const TOLERATED_FALL = 0.1;

/** Seconds without a packet after which a stream is interrupted. */
const TOLERATED_GAP = 0.5;

/** The same before a keyframe, with which another recording may begin: more than a lost picture or frame of sound leaves. */
const GAP_AT_KEYFRAME = 0.1;

/** Whether nothing but what the file has there tells a stretch that begins behind a jump from the one before. */
export function isSmallJump({ jump }: Pick<Stretch, "jump">): boolean {
  return jump > 0 && jump <= TOLERATED_GAP;
}

/** Makes two stretches one that follow each other. */
export function mergeStretches(one: Stretch, next: Stretch): Stretch {
  const keyframe = one.keyframe ?? next.keyframe;
  return {
    ...one,
    ...{ lastPosition: next.lastPosition, decodedUntil: next.decodedUntil },
    ...{ begin: Math.min(one.begin, next.begin), end: Math.max(one.end, next.end) },
    ...(keyframe ? { keyframe } : {}),
    lastKeyframes: [...one.lastKeyframes, ...next.lastKeyframes].filter(
      ({ shown }, _, all) => shown >= (all.at(-1)?.shown ?? 0) - LONGEST_OVERLAP,
    ),
  };
}

/** What a container's timestamps mean. */
export interface Clock {
  /** Whether a time without any packet may be no pause, but a clock that was set to another time. */
  jumps: boolean;
  /** Seconds after which it begins again at 0. Infinite if it doesn't. */
  wrap: number;
}

/** Seconds from a picture's decoding until it is shown, with few pictures a second. */
const MOST_REORDERED = 10;

/** Seconds of a recording that the one after it may begin with. */
const LONGEST_OVERLAP = 10;

/** Divides the packets of each stream into stretches. Packets come in the file's order. */
export class Stretches {
  readonly byStream = new Map<number, Stretch[]>();
  /** When the last packet of each stream is decoded. */
  private readonly latest = new Map<number, number>();
  /** Where the last packet begins whose place is known. */
  position = 0;

  constructor(private readonly clock: Clock) {}

  add({ position, ...timed }: TimedPacket): void {
    if (!Number.isNaN(position)) this.position = position;
    const packet = { ...timed, position: this.position };
    const { stream, decoded, duration } = packet;
    if (Number.isNaN(decoded)) return;
    const before = this.latest.get(stream);
    this.latest.set(stream, decoded);
    const known = this.byStream.get(stream);
    const last = known?.at(-1);
    if (!known || !last || before === undefined) {
      this.byStream.set(stream, [this.begin(packet, 0)]);
      return;
    }
    const jump = this.distance(last.decodedUntil, decoded);
    const isAhead = this.clock.jumps && jump > (packet.key ? GAP_AT_KEYFRAME : TOLERATED_GAP);
    if (isAhead || this.distance(before, decoded) < -TOLERATED_FALL) return void known.push(this.begin(packet, jump));
    last.decodedUntil = decoded + duration;
    this.extend(last, packet);
  }

  /** The seconds from one time to another, as short as the clock allows. */
  readonly distance = (from: number, to: number): number => {
    const { wrap } = this.clock;
    return Number.isFinite(wrap) ? to - from - wrap * Math.round((to - from) / wrap) : to - from;
  };

  private begin(packet: TimedPacket, jump: number): Stretch {
    const { stream, position, decoded, duration } = packet;
    const begun: Stretch = {
      ...{ stream, position, lastPosition: position, jump, lastKeyframes: [] },
      ...{ decoded, decodedUntil: decoded + duration, begin: Infinity, end: -Infinity },
    };
    this.extend(begun, packet);
    return begun;
  }

  private extend(stretch: Stretch, { position, size, decoded, shown, duration, key }: TimedPacket): void {
    stretch.lastPosition = position;
    const ahead = this.distance(decoded, shown);
    // At a jump a demuxer may mix up times before and after it. It adds a turn of the clock to some times only.
    const reordered = Math.abs(ahead) <= MOST_REORDERED ? ahead : 0;
    const time = stretch.decoded + this.distance(stretch.decoded, decoded) + reordered;
    stretch.begin = Math.min(stretch.begin, time);
    stretch.end = Math.max(stretch.end, time + duration);
    const { keyframe, lastKeyframes } = stretch;
    if (keyframe && keyframe.trailing === undefined) {
      if (time < keyframe.shown) keyframe.leading ??= position;
      else keyframe.trailing = position;
    }
    if (!key) return;
    stretch.keyframe ??= { position, size, shown: time };
    while ((lastKeyframes[0]?.shown ?? Infinity) < time - LONGEST_OVERLAP) lastKeyframes.shift();
    lastKeyframes.push({ position, size, shown: time });
  }
}
