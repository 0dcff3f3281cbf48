import assert from "node:assert/strict";

import { unitsIn } from "../../../../worker/source/picture/units";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const filled = (first: number, length: number): Buffer =>
  Buffer.concat([Buffer.of(first), Buffer.alloc(length - 1, 0xaa)]);

describe("unitsIn", () => {
  const units = (packet: Buffer): string[] => unitsIn(packet).map((unit) => unit.toString("hex"));

  it("divides a packet at start codes of three and four bytes", () => {
    assert.deepEqual(units(hex("00000001 09f0 000001 6742 000001 65aa")), ["09f0", "6742", "65aa"]);
    assert.deepEqual(units(hex("000001 6742 000001 65aa")), ["6742", "65aa"]);
  });

  it("divides a packet by lengths, of which the last unit may lack a part", () => {
    assert.deepEqual(units(hex("00000002 09f0 00000003 6742aa 00000009 65bb")), ["09f0", "6742aa", "65bb"]);
  });

  for (const length of [256, 300, 511]) {
    it(`takes the length ${length} for no start code`, () => {
      const [first, second] = [filled(0x41, length), filled(0x01, 20)];
      const prefix = Buffer.alloc(4);
      prefix.writeUInt32BE(length);
      assert.deepEqual(unitsIn(Buffer.concat([prefix, first])), [first]);
      assert.deepEqual(unitsIn(Buffer.concat([prefix, first, hex("00000014"), second])), [first, second]);
    });
  }

  it("finds a long unit behind a start code of three bytes", () => {
    const unit = filled(0x65, 600);
    assert.deepEqual(unitsIn(Buffer.concat([START_CODE, unit])), [unit]);
  });

  it("finds nothing in what is too short", () => {
    assert.deepEqual(unitsIn(hex("0000")), []);
  });
});

const START_CODE = hex("000001");
