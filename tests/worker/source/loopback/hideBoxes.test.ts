import assert from "node:assert/strict";

import { hideBoxes } from "../../../../worker/source/loopback/hideBoxes";

describe("hideBoxes", () => {
  it("changes types wherever ranges begin and end, and nothing else", async () => {
    const bytes = Buffer.from("0123clap89clap");
    const read = hideBoxes((start, length) => Promise.resolve(bytes.subarray(start, start + length)), [4, 10]);
    for (let start = 0; start < bytes.length; start++) {
      for (let end = start + 1; end <= bytes.length; end++) {
        const found = (await read(start, end - start)).toString();
        assert.equal(found, "0123free89free".slice(start, end));
      }
    }
    assert.equal(bytes.toString(), "0123clap89clap");
  });
});
