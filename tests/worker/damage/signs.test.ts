import assert from "node:assert/strict";

import { DamageSigns } from "../../../worker/damage/signs";

const found = (...remarks: string[]): boolean => {
  const signs = new DamageSigns();
  for (const remark of remarks) signs.add(remark, false);
  return signs.found;
};

describe("signs of damage among a decoder's remarks", () => {
  it("are parts of pictures that it made up", () => {
    assert.equal(found("concealing 18 DC, 18 AC, 18 MV errors in B frame"), true);
    assert.equal(found("Concealing bitstream errors"), true);
    assert.equal(found("CABAC_MAX_BIN : 31"), true);
    assert.equal(found("overread 8"), true);
    assert.equal(found("bytestream overread -16"), false);
    assert.equal(found("nal_unit_type: 1(Coded slice of a non-IDR picture), nal_ref_idc: 2"), false);
  });
  it("are errors, but not those of pictures that are as they were recorded", () => {
    const signs = new DamageSigns();
    signs.add("mmco: unref short failure", true);
    assert.equal(signs.found, false);
    signs.add("error while decoding MB 5 6, bytestream -5", true);
    assert.equal(signs.found, true);
  });
  it("are numbers of pictures that are skipped", () => {
    assert.equal(found("nal_unit_type: 6(SEI), nal_ref_idc: 0", "Frame num gap 12 10"), true);
  });
});
