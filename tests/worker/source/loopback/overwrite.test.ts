import assert from "node:assert/strict";

import { overwrite } from "../../../../worker/source/loopback/overwrite";

describe("overwrite", () => {
  it("changes bytes wherever ranges begin and end, and nothing else", async () => {
    const bytes = Buffer.from("0123clap89clap");
    const read = overwrite(
      (start, length) => Promise.resolve(bytes.subarray(start, start + length)),
      [4, 10].map((at) => ({ at, bytes: Buffer.from("free") })),
    );
    for (let start = 0; start < bytes.length; start++) {
      for (let end = start + 1; end <= bytes.length; end++) {
        const found = (await read(start, end - start)).toString();
        assert.equal(found, "0123free89free".slice(start, end));
      }
    }
    assert.equal(bytes.toString(), "0123clap89clap");
  });
});
