import { Bits, bitLength } from "./bits";
import { skipResidue } from "./residue";
import type { VorbisSetup } from "./setup";

/**
 * How a packet agrees with a setup. Whole ones end where their last word does. Encoders that keep a bit rate cut others off or pad them with
 * zeros, and silence has no words.
 */
export type Agreement = "whole" | "cut" | "padded" | "silent" | "contrary";

/** Samples of a packet's block. Undefined for what isn't sound. */
export function blockOf(packet: Buffer, setup: VorbisSetup): number | undefined {
  const mode = readMode(new Bits(packet), setup);
  return packet.length > 0 && mode ? setup.blocks[Number(mode.isLong)] : undefined;
}

/** Goes through the words of a packet (Vorbis I, 4.3). */
export function agree(packet: Buffer, setup: VorbisSetup): Agreement {
  if (packet.length === 0) return "silent";
  const bits = new Bits(packet);
  const mode = readMode(bits, setup);
  if (!mode) return "contrary";
  const { submaps, submapOf, coupling } = mode.mapping;
  if (mode.isLong) bits.skip(2);
  const heard: boolean[] = [];
  for (const submap of submapOf) {
    const isHeard = submaps[submap]?.floor(bits);
    if (isHeard === undefined) return bits.left < 0 ? "cut" : "contrary";
    heard.push(isHeard);
  }
  const isSilent = !heard.includes(true);
  for (const [one, other] of coupling) heard[one] = heard[other] = Boolean(heard[one] || heard[other]);
  const values = setup.blocks[Number(mode.isLong)] as number;
  for (const [number, { residue }] of submaps.entries()) {
    const own = heard.filter((_, channel) => submapOf[channel] === number);
    if (!skipResidue(bits, residue, values / 2, own)) return "contrary";
  }
  if (bits.left < 0) return "cut";
  if (!bits.isClear()) return "contrary";
  if (bits.left >= 8) return "padded";
  return isSilent ? "silent" : "whole";
}

/** Undefined for a header, or a mode that there isn't. */
function readMode(bits: Bits, { modes }: VorbisSetup): VorbisSetup["modes"][number] | undefined {
  return bits.flag() ? undefined : modes[bits.read(bitLength(modes.length - 1))];
}
