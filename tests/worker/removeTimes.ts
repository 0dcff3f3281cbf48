import { payloadOffset, pidOf } from "../../worker/source/transport/transportStream";

/** Takes the times of some of the pictures out of a transport stream of ffmpeg. */
export function removeTimes(bytes: Buffer, isUntimed: (picture: number) => boolean): void {
  let number = 0;
  for (let at = 0; at < bytes.length; at += 188) {
    const packet = bytes.subarray(at, at + 188);
    if (pidOf(packet) !== 256 || (packet.readUInt8(1) & 0x40) === 0 || !isUntimed(number++)) continue;
    const header = payloadOffset(packet);
    packet[header + 7] = packet.readUInt8(header + 7) & 0x3f;
    packet.fill(0xff, header + 9, header + 9 + packet.readUInt8(header + 8));
  }
}
