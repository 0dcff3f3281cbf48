import { box, replaced } from "./boxes";

/** An initialisation segment whose track counts time in other ticks than its encoder did. */
export function withTimescale(init: Buffer, timescale: number): Buffer {
  return replaced(init, ["moov", "trak", "mdia", "mdhd"], ({ type, payload }) => {
    const fields = Buffer.from(payload);
    // After two times, which version 1 writes with eight bytes each.
    fields.writeUInt32BE(timescale, fields[0] === 1 ? 20 : 12);
    return box(type, fields);
  });
}
