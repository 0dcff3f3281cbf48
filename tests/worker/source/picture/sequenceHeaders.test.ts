import assert from "node:assert/strict";

import { SequenceHeaders } from "../../../../worker/source/picture/sequenceHeaders";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

/** Two packets of a codec, which differ in a header or in nothing but the picture. */
interface Case {
  codec: string;
  packet: (header: string, picture: string) => Buffer;
  headers: [one: string, other: string];
}

const CASES: Record<string, Case> = {
  "H.264, behind lengths": {
    codec: "h264",
    packet: (header, picture) => hex(`00000002 09f0 00000003 67${header} 00000002 68ce 00000002 65${picture}`),
    headers: ["4201", "4202"],
  },
  "H.264, between start codes": {
    codec: "h264",
    packet: (header, picture) => hex(`00000001 09f0 000001 67${header} 000001 68ce 000001 65${picture}`),
    headers: ["4201", "4202"],
  },
  "HEVC": {
    codec: "hevc",
    packet: (header, picture) => hex(`00000003 4001aa 00000004 4201${header} 00000003 2601${picture}`),
    headers: ["0101", "0102"],
  },
  "AV1": {
    codec: "av1",
    packet: (header, picture) => hex(`1200 0a02${header} 3201${picture}`),
    headers: ["0101", "0102"],
  },
  "MPEG-2": {
    codec: "mpeg2video",
    packet: (header, picture) => hex(`000001b3 ${header} 000001b5 1482 000001b8 00 00000100 ${picture}`),
    headers: ["140f", "1410"],
  },
};

/** How each container stores a packet behind the position that ffprobe states. */
const CONTAINERS: Record<string, (packet: Buffer) => Buffer> = {
  "mov,mp4,m4a,3gp,3g2,mj2": (packet) => packet,
  "matroska,webm": (packet) => Buffer.concat([hex("4001 000080"), packet]),
  "flv": (packet) => Buffer.concat([hex("09 000100 000000 00 000000 17 01 000000"), packet]),
};

async function differ(
  codec_name: string,
  packets: readonly Buffer[],
  format_name: string,
  { key = true, store = (packet: Buffer): Buffer => packet } = {},
) {
  const stored = packets.map(store);
  const file = Buffer.concat(stored);
  const read = (start: number, length: number) => Promise.resolve(file.subarray(start, start + length));
  const video = { index: 0, time_base: "1/25", codec_name };
  const headers = SequenceHeaders.of(read, { format: { format_name }, streams: [] }, video);
  let position = 0;
  for (const [index, { length }] of stored.entries()) {
    await headers?.add({ key, position, size: packets[index]!.length });
    position += length;
  }
  return headers?.differ;
}

describe("SequenceHeaders", () => {
  for (const [container, store] of Object.entries(CONTAINERS)) {
    for (const [what, { codec, packet, headers }] of Object.entries(CASES)) {
      it(`finds other headers of ${what}, in ${container}`, async () => {
        const [one, other] = headers;
        const others = [packet(one, "88"), packet(other, "88")];
        assert.equal(await differ(codec, others, container, { store }), true);
        assert.equal(await differ(codec, [packet(one, "88"), packet(one, "99")], container, { store }), false);
        assert.equal(await differ(codec, others, container, { store, key: false }), false);
      });
    }
  }

  it("finds headers where there were none before", async () => {
    const packets = ["00000002 6588", "00000003 674201 00000002 6588"].map(hex);
    assert.equal(await differ("h264", packets, "mov,mp4,m4a,3gp,3g2,mj2"), true);
  });

  it("finds them in FLV that names its codec", async () => {
    const packets = ["01", "02"].map((header) =>
      hex(`09 000100 000000 00 000000 91 68766331 000000 00000004 4201${header}01 00000003 260188`),
    );
    assert.equal(await differ("hevc", packets, "flv"), true);
    assert.equal(await differ("hevc", [packets[0]!, packets[0]!], "flv"), false);
  });

  it("leaves other codecs alone, and containers that divide packets", async () => {
    assert.equal(await differ("vp9", [], "matroska,webm"), undefined);
    assert.equal(await differ("h264", [], "mpegts"), undefined);
  });
});
