import { uint32 } from "./boxes";

/** A piece of a file whose length is known before its bytes are made. */
export interface Part {
  bytes: number;
  pieces(): AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** A box of which not all has to be in memory at once. */
export function partBox(type: string, ...content: (Buffer | Part)[]): Part {
  const bytes = content.reduce((sum, part) => sum + (Buffer.isBuffer(part) ? part.length : part.bytes), 8);
  return {
    bytes,
    async *pieces() {
      yield Buffer.concat([uint32(bytes), Buffer.from(type, "latin1")]);
      for (const part of content) {
        if (Buffer.isBuffer(part)) yield part;
        else yield* part.pieces();
      }
    },
  };
}
