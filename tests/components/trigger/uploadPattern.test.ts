import { strict as assert } from "node:assert";

import fc from "fast-check";

import type { Uploads } from "../../../index";
import { normaliseUploads } from "../../../components/trigger/defaults";
import { mayBeOutput, uploadPattern } from "../../../components/trigger/uploadPattern";
import { fits } from "../../support/aws/eventPattern";
import { objectCreated } from "../../support/aws/objectCreated";

const text = fc.string({
  unit: fc.constantFrom("a", "B", "/", ".", "*", "\\", "é", "😀", "uploads/", ".mp4"),
  maxLength: 6,
});
const filled = text.filter((value) => value !== "");
const prefix = filled.map((value) => `${value}/`);

/** Any filter that the validation lets through, with where outputs go. */
const filters = fc
  .record({
    outputPrefix: prefix,
    prefixes: fc.array(filled, { minLength: 1, maxLength: 3 }),
    suffixes: fc.array(filled, { maxLength: 3 }),
    minimumBytes: fc.constantFrom(0, 1, 1_000_000, 5_000_000_000),
  })
  .filter(({ prefixes, outputPrefix }) => prefixes.every((one) => !mayBeOutput(one, outputPrefix)));

describe("the events that start executions", () => {
  it("are those of the uploads that are asked for, and of no others", () => {
    const upload = fc.record({
      start: fc.nat(3),
      middle: text,
      end: fc.nat(3),
      bucket: fc.constantFrom("ours", "masters", "else"),
      size: fc.constantFrom(0, 1, 999_999, 1_000_000, 5_000_000_000, 6_000_000_000, 5e12),
      reason: fc.constantFrom("PutObject", "CopyObject", "CompleteMultipartUpload"),
    });
    let started = 0;
    fc.assert(
      fc.property(filters, upload, (filter, { start, middle, end, bucket, size, reason }) => {
        const key = `${filter.prefixes[start] ?? ""}${middle}${filter.suffixes[end] ?? ""}`;
        const pattern = uploadPattern(filter, ["ours", "masters"]);
        const [first, last] = [filter.prefixes, filter.suffixes.length === 0 ? [""] : filter.suffixes];
        const asked = first.some((one) =>
          // A beginning and an end don't overlap.
          last.some((other) => key.startsWith(one) && key.slice(one.length).endsWith(other)),
        );
        const large = reason === "CompleteMultipartUpload" || (size <= 5e9 && size >= filter.minimumBytes);
        const wanted = bucket !== "else" && asked && (filter.minimumBytes === 0 || large);
        assert.equal(fits(pattern, objectCreated(key, { bucket, size, reason })), wanted);
        if (wanted) started++;
      }),
      { numRuns: 1500 },
    );
    assert.ok(started > 100, String(started));
  });

  it("are never those of outputs, whatever the output is called", () => {
    fc.assert(
      fc.property(filters, text, fc.constantFrom("", ".mp4", ".MP4"), (filter, name, end) => {
        const pattern = uploadPattern(filter, ["ours"]);
        for (const file of ["manifest.json", "mp4/720p.mp4", "hls/720p/segment-1.m4s", `uploads/${name}${end}`, end]) {
          const key = `${filter.outputPrefix}${name}${end}/${file}`;
          const event = objectCreated(key, { bucket: "ours", reason: "CompleteMultipartUpload" });
          assert.ok(!fits(pattern, event), key);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("of a whole bucket of somebody else's leave out what could be an output there", () => {
    const filter = { prefixes: [""], suffixes: [], minimumBytes: 1, outputPrefix: "output/" };
    const pattern = uploadPattern(filter, ["masters"]);
    assert.ok(fits(pattern, objectCreated("a.mov", { bucket: "masters" })));
    assert.ok(!fits(pattern, objectCreated("output/a.mov", { bucket: "masters" })));
    const ending = uploadPattern({ ...filter, suffixes: [".mov"] }, ["masters"]);
    assert.ok(fits(ending, objectCreated("a.mov", { bucket: "masters" })));
    assert.ok(!fits(ending, objectCreated("a.txt", { bucket: "masters" })));
  });

  it("are never those of the whole of the pipeline's own bucket, also when its name comes late", () => {
    const filter = { prefixes: [""], suffixes: [".mov"], minimumBytes: 1, outputPrefix: "output/" };
    assert.throws(() => uploadPattern(filter, ["masters", "ours"], "ours"), {
      message:
        "trigger.uploads.prefixes must not be empty for the pipeline's own bucket ours: its outputs would start executions.",
    });
    assert.ok(uploadPattern(filter, ["masters"], "ours"));
  });

  const GIB = 1024 ** 3;
  const CASES: [
    what: string,
    given: Uploads,
    uploads: [key: string, size: number, reason: string, starts: boolean][],
  ][] = [
    [
      "by default those below uploads/ that are not empty, and those in parts whatever their size",
      {},
      [
        ["uploads/", 0, "PutObject", false],
        ["uploads/a", 1, "PutObject", true],
        ["a.mp4", 9, "PutObject", false],
        ["uploads/a.mov", 5_000_000_000, "PutObject", true],
        ["uploads/a.mov", 500 * GIB, "CompleteMultipartUpload", true],
        // The one gap, which the docstring names: the largest that S3 takes in one request.
        ["uploads/a.mov", 5 * GIB, "PutObject", false],
      ],
    ],
    [
      "with suffixes those of every size, however they are made",
      { suffixes: [".mov"] },
      [
        ["uploads/", 0, "PutObject", false],
        ["uploads/a.mov", 1, "PutObject", true],
        ...["PutObject", "POST Object", "CopyObject"].map((reason): [string, number, string, boolean] => [
          "uploads/a.mov",
          5 * GIB,
          reason,
          true,
        ]),
        ["uploads/a.mov", 500 * GIB, "CompleteMultipartUpload", true],
      ],
    ],
    [
      "with a minimum of 0 all of them",
      { minimumBytes: 0 },
      [
        ["uploads/", 0, "PutObject", true],
        ["uploads/a", 5 * GIB, "PutObject", true],
      ],
    ],
    [
      "with a minimum those that have it, and all in parts",
      { suffixes: [".mov"], minimumBytes: 1000 },
      [
        ["uploads/a.mov", 999, "PutObject", false],
        ["uploads/a.mov", 1000, "PutObject", true],
        ["uploads/a.mov", 6_000_000_000, "CompleteMultipartUpload", true],
      ],
    ],
  ];
  for (const [what, given, cases] of CASES) {
    it(`are ${what}`, () => {
      const pattern = uploadPattern(normaliseUploads(given, "output/"), ["ours"]);
      for (const [key, size, reason, starts] of cases) {
        const event = objectCreated(key, { bucket: "ours", size, reason });
        assert.equal(fits(pattern, event), starts, `${key} of ${size} bytes by ${reason}`);
      }
    });
  }
});
