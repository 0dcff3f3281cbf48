import assert from "node:assert/strict";

import { Remarks } from "../../../worker/ffmpeg/remarks";

describe("what ffmpeg prints, with marks of severity", () => {
  const printed = [
    "[h264 @ 0x1] [debug] nal_unit_type: 1",
    "[vist#0:0/h264 @ 0x2] [dec:h264 @ 0x3] [error] Error submitting packet",
    "[info] Output #0, mp4, to 'pipe:1':",
    "[http @ 0x4] [debug] request: GET /a.mov HTTP/1.1\r\nRange: bytes=0-\r\nConnection: close\r\n\r\n",
    "[fatal] No space left",
    "    Last message repeated 2 times",
    "x265 [error]: of a library, which marks nothing",
    "[warning] [a title] that looks like a component",
  ];
  const errors = [
    "[vist#0:0/h264 @ 0x2] [dec:h264 @ 0x3] Error submitting packet",
    "No space left",
    "    Last message repeated 2 times",
    "x265 [error]: of a library, which marks nothing",
    "",
  ].join("\n");
  const remarks = [
    "nal_unit_type: 1",
    "Output #0, mp4, to 'pipe:1':",
    "request: GET /a.mov HTTP/1.1",
    "[a title] that looks like a component",
  ];

  for (const [how, size] of [
    ["at once", 10_000],
    ["in pieces", 7],
  ] as const) {
    it(`is divided into errors, as they are without, and remarks, ${how}`, () => {
      const found: string[] = [];
      const divided = new Remarks((text, isError) => isError || found.push(text));
      const text = `${printed.join("\n")}\n`;
      let kept = "";
      for (let at = 0; at < text.length; at += size) kept += divided.errorsIn(text.slice(at, at + size));
      assert.equal(kept + divided.flush(), errors);
      assert.deepEqual(found, remarks);
    });
  }

  it("may end within a line", () => {
    const divided = new Remarks((_text, isError) => assert.ok(isError));
    assert.equal(divided.errorsIn("[error] Conversion failed!"), "");
    assert.equal(divided.flush(), "Conversion failed!\n");
    assert.equal(divided.flush(), "");
  });
});
