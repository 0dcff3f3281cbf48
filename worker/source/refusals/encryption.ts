import { InputError } from "../../errors/errors";
import type { Probe, ProbeStream } from "../ffprobe/output";

/**
 * Whether pictures or sound can't be read without a key. For MP4 and MKV the demuxer reports it if it understands the scheme, and the
 * sample entry's name shows it otherwise. Broadcasts have a bit in each scrambled packet.
 */
export function isEncrypted({ streams, encrypted }: Probe, head: Buffer): boolean {
  return encrypted === true || streams.some(isProtected) || isEncryptedFile(head);
}

/** Judges by the file's first bytes alone, for a file of which nothing else can be read. */
export function isEncryptedFile(head: Buffer): boolean {
  return PROTECTION_SCHEME.test(head.toString("latin1")) || isScrambled(head);
}

export function encryptedError(name: string): InputError {
  return new InputError(`${name} is encrypted; give the pipeline a file without encryption (DRM).`);
}

/** Names of sample entries in ISO 14496-12 (8.12) and in FairPlay. */
const PROTECTED_ENTRY = /^(?:enc[vast]|drm[isp])$/;

/** The box that names the scheme: ISO 23001-7, and its predecessor. */
const PROTECTION_SCHEME = /schm\0[\0-\xff]{3}(?:cenc|cens|cbc1|cbcs|piff)/;

function isProtected({ codec_tag_string = "", side_data_list = [] }: ProbeStream): boolean {
  const initialised = side_data_list.some(({ side_data_type = "" }) => /^Encryption init/i.test(side_data_type));
  return PROTECTED_ENTRY.test(codec_tag_string) || initialised;
}

const TRANSPORT_PACKET = 188;

/** Tests the two bits of `transport_scrambling_control`, which are 0 in packets that are not scrambled (ISO 13818-1, 2.4.3.3). */
function isScrambled(head: Buffer): boolean {
  const packets = Math.floor(head.length / TRANSPORT_PACKET);
  const starts = Array.from({ length: packets }, (_, index) => index * TRANSPORT_PACKET);
  return (
    packets > 2 && starts.every((at) => head[at] === 0x47) && starts.some((at) => ((head[at + 3] ?? 0) & 0xc0) !== 0)
  );
}
