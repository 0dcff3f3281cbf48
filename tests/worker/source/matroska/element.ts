/** An element of Matroska with a size of four bytes. */
export function element(id: number, ...contents: (Buffer | number)[]): Buffer {
  const body = Buffer.concat(contents.map((one) => (typeof one === "number" ? Buffer.from([one]) : one)));
  const head = Buffer.from(id.toString(16).padStart(2, "0"), "hex");
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x10000000 + body.length);
  return Buffer.concat([head, size, body]);
}
