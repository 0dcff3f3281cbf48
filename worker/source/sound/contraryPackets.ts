import { agree } from "../vorbis/packet";
import type { VorbisSetup } from "../vorbis/setup";

/** How many packets have to agree with a setup before others contradict it. */
const STEADY = 8;

/** One of so many packets is looked into while all agree, for that takes time. */
const TRIED = 8;

/** How many packets have to be contrary, and which share of those around them: single ones may be damaged, and some of another setup agree. */
const SUFFICIENT = 16;
const SHARE = 1 / 8;

/** How many packets in a row end a stretch if they agree. */
const RECOVERED = 48;

/** Finds packets of Vorbis that were made with another setup: by this one they end too early, or don't end where their bytes do. */
export class ContraryPackets {
  private agreeing = 0;
  private isSteady = false;
  private index = 0;
  private stretch: { from: number; contrary: number; packets: number } | undefined;

  constructor(private readonly setup: VorbisSetup) {}

  /** Whether some of the last packets are contrary. */
  get isDoubtful(): boolean {
    return this.stretch !== undefined;
  }

  /** @returns Since when packets are contrary, if this one shows it. */
  add(packet: Buffer, seconds: number): number | undefined {
    this.index += 1;
    const isTried = !this.isSteady || this.stretch !== undefined || this.index % TRIED === 0;
    return isTried ? this.try(packet, seconds) : undefined;
  }

  private try(packet: Buffer, seconds: number): number | undefined {
    const agreement = agree(packet, this.setup);
    if (agreement === "whole" || (agreement === "silent" && !this.isSteady)) this.agreeing += 1;
    const isContrary = agreement === "contrary" || (agreement === "cut" && !this.setup.isLimited);
    if (isContrary) this.agreeing = 0;
    // What never agrees may be made in a way that isn't known here.
    this.isSteady ||= this.agreeing >= STEADY;
    if (isContrary && this.isSteady) this.stretch ??= { from: seconds, contrary: 0, packets: 0 };
    if (!this.stretch || (agreement !== "whole" && !isContrary)) return undefined;
    this.stretch.contrary += Number(isContrary);
    this.stretch.packets += 1;
    const { from, contrary, packets } = this.stretch;
    if (this.agreeing >= RECOVERED) this.stretch = undefined;
    return isContrary && contrary >= SUFFICIENT && contrary >= SHARE * packets ? from : undefined;
  }
}
