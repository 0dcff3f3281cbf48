import type { BytePatch } from "../../../contract/sourceChanges";
import type { ReadUpTo } from "../../storage/readRange";
import { parseTagHeader, PICTURE_TAG, SOUND_TAG, TAG_END, TAG_HEADER, TAG_KINDS } from "../flv/tagHeader";
import { addTicks, layoutOf, PACKET_BYTES, packetAt, pidOf, timestampOffsets } from "../transport/transportStream";
import type { Stray } from "./strayTimes";

/** Bytes within which the packet that comes behind strays begins. */
const FARTHEST = 1 << 22;

const TICKS = 90_000;
const MILLISECONDS = 1000;

/** What bytes of the file have to be so that strays have the times of their places. Undefined where a container isn't known here. */
export async function planPatches(
  read: ReadUpTo,
  format: string,
  strays: readonly Stray[],
): Promise<BytePatch[] | undefined> {
  const plan = { "mpegts": patchPackets, "flv": patchTags, "matroska,webm": patchBlock }[format];
  if (!plan || strays.some(({ from, to }) => !(to > from) || to - from > FARTHEST)) return undefined;
  const patches: BytePatch[] = [];
  for (const stray of strays) {
    const found = await plan(read, stray);
    if (found.length === 0) return undefined;
    patches.push(...found);
  }
  return patches;
}

/** The timestamps of the elementary packets of a stream. */
async function patchPackets(read: ReadUpTo, { from, to, by, isShownOnly }: Stray): Promise<BytePatch[]> {
  const layout = layoutOf(await read(0, 1024));
  if (!layout) return [];
  const first = packetAt(from, layout);
  const bytes = await read(first, packetAt(to, layout) - first);
  const packets = packetsIn(bytes, layout.stride, layout.offset);
  const pid = packets[0] && pidOf(packets[0].packet);
  return packets
    .filter(({ packet }) => pidOf(packet) === pid)
    .flatMap(({ at, packet }) =>
      timestampOffsets(packet)
        .slice(0, isShownOnly ? 1 : undefined)
        .map((offset) => {
          addTicks(packet, offset, Math.round(by * TICKS));
          return patch(first + at + offset, packet.subarray(offset, offset + 5));
        }),
    );
}

function packetsIn(bytes: Buffer, stride: number, offset: number): { at: number; packet: Buffer }[] {
  const packets: { at: number; packet: Buffer }[] = [];
  for (let at = offset; at + PACKET_BYTES <= bytes.length; at += stride) {
    packets.push({ at, packet: Buffer.from(bytes.subarray(at, at + PACKET_BYTES)) });
  }
  return packets;
}

/** The timestamps of tags of one kind. */
async function patchTags(read: ReadUpTo, { from, to, by, isShownOnly }: Stray): Promise<BytePatch[]> {
  const bytes = await read(from, to - from);
  if (isShownOnly) return patchComposition(bytes, from, by);
  const kind = bytes[0] ?? SOUND_TAG;
  const patches: BytePatch[] = [];
  for (let at = 0; at + TAG_HEADER <= bytes.length;) {
    const tag = parseTagHeader(bytes.subarray(at, at + TAG_HEADER));
    if (!TAG_KINDS.includes(tag.kind) || !tag.isPlain) return [];
    if (tag.kind === kind) {
      const time = Buffer.alloc(4);
      time.writeInt32BE((tag.milliseconds + Math.round(by * MILLISECONDS)) | 0);
      // The highest byte comes last.
      patches.push(patch(from + at + 4, Buffer.concat([time.subarray(1), time.subarray(0, 1)])));
    }
    at += TAG_HEADER + tag.bytes + TAG_END;
  }
  return patches;
}

/** The time from decoding to showing, which a tag has for a picture of H.264 (annex E.4.3.1). */
function patchComposition(tag: Buffer, from: number, by: number): BytePatch[] {
  if (tag.length < TAG_HEADER + 5 || tag[0] !== PICTURE_TAG || ((tag[TAG_HEADER] as number) & 0x8f) !== AVC) return [];
  const time = Buffer.alloc(3);
  time.writeIntBE(tag.readIntBE(TAG_HEADER + 2, 3) + Math.round(by * MILLISECONDS), 0, 3);
  return [patch(from + TAG_HEADER + 2, time)];
}

const AVC = 7;

/** The time of a block, which counts from that of its cluster, behind the number of its track. */
async function patchBlock(read: ReadUpTo, { from, by }: Stray): Promise<BytePatch[]> {
  const block = await read(from, 3);
  const time = block.length === 3 ? block.readInt16BE(1) + Math.round(by * MILLISECONDS) : NaN;
  // Longer numbers, and other ticks than milliseconds, are rare.
  if (((block[0] ?? 0) & 0x80) === 0 || !(Math.abs(time) < 2 ** 15)) return [];
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(time);
  return [patch(from + 1, bytes)];
}

function patch(at: number, bytes: Buffer): BytePatch {
  return { at, bytes: bytes.toString("base64") };
}
