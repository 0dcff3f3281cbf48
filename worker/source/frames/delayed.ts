import type { EarlyPicture } from "../../../contract/plan";
import type { ListedPacket } from "./listedPacket";

/** A packet at its right time. */
export function delayed(packet: ListedPacket, early: readonly EarlyPicture[]): ListedPacket {
  const by = early.find(({ pts }) => pts === packet.pts)?.by ?? 0;
  return by === 0 ? packet : { ...packet, pts: packet.pts + by, dts: packet.dts + by };
}
