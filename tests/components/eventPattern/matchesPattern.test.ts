import { strict as assert } from "node:assert";

import { ANYTHING, SomeText } from "../../../components/eventPattern/values";
import { matchesPattern } from "../../../components/eventPattern/matchesPattern";
import { fits } from "../../support/aws/eventPattern";

/** A pattern's values for a field, with values of the field that match and others that don't. Nothing stands for no field. */
const ROWS: [matchers: unknown[], matching: unknown[], others: unknown[]][] = [
  [
    ["a", 7, true, null],
    ["a", 7, true, null, ["x", "a"], [["a"]]],
    ["A", "7", 8, false, "", undefined, [], {}, { a: "a" }],
  ],
  [[""], [""], ["a", undefined, null]],
  [[{ prefix: "a" }], ["a", "ab", ["b", "ab"]], ["b", "Ab", 1, undefined]],
  [[{ prefix: { "equals-ignore-case": "aB" } }], ["ABC", "abc"], ["ba"]],
  [[{ suffix: ".mp4" }], ["a.mp4"], ["a.MP4", "a.mp4 "]],
  [[{ suffix: { "equals-ignore-case": ".MP4" } }], ["a.mp4", "a.Mp4"], ["a.mov"]],
  [[{ "equals-ignore-case": "Ready" }], ["READY", "ready"], ["read", 1]],
  [[{ wildcard: "a*c\\*\\\\d" }], ["ac*\\d", "abbc*\\d"], ["abc*d", "xabc*\\d", "a.c"]],
  [[{ wildcard: "*" }], ["", "a\nb", "*"], [1, undefined]],
  [[{ numeric: ["=", 3.5] }], [3.5], [3, "3.5", 6e9]],
  [[{ numeric: [">", 0, "<=", 5] }], [1, 5, [9, 5]], [0, 6, -1, "1", undefined]],
  [
    [{ numeric: ["<", 5] }, { numeric: [">=", 9] }],
    [4, 9],
    [5, 8.9],
  ],
  [[{ cidr: "10.0.0.0/24" }], ["10.0.0.255"], ["10.0.1.0", "a", 10]],
  [[{ cidr: "2001:db8::/32" }], ["2001:DB8::1"], ["2001:db9::1"]],
  [[{ "anything-but": "a" }], ["b", 1, ["a", "b"]], ["a", true, null, undefined]],
  [[{ "anything-but": [1, 2] }], [3, "1"], [1, 2, undefined]],
  [[{ "anything-but": { prefix: ["out/", "tmp/"] } }], ["in/out/"], ["out/a", "tmp/", 1]],
  [[{ "anything-but": { suffix: ".tmp" } }], ["a"], ["a.tmp"]],
  [[{ "anything-but": { "equals-ignore-case": ["A", "b"] } }], ["c"], ["a", "B"]],
  [[{ "anything-but": { wildcard: "*/tmp/*" } }], ["a/b"], ["a/tmp/b"]],
  [[{ exists: true }], ["", 0, false, null, ["a"]], [undefined, {}, [], [{}]]],
  [[{ exists: false }], [undefined, {}, [], { a: 1 }], ["", null, ["a"]]],
  [[{ exists: false }, "a"], [undefined, "a"], ["b"]],
];

describe("patterns of EventBridge", () => {
  for (const [matchers, matching, others] of ROWS) {
    it(`compare with ${JSON.stringify(matchers)}`, () => {
      const test = (value: unknown) =>
        fits({ detail: { field: matchers } }, { detail: value === undefined ? {} : { field: value } });
      for (const value of matching) assert.equal(test(value), true, JSON.stringify(value));
      for (const value of others) assert.equal(test(value), false, JSON.stringify(value) ?? "nothing");
    });
  }

  it("need every field, one alternative, and the members of one object of a list", () => {
    const pattern = { a: ["1"], $or: [{ b: ["2"] }, { c: { d: ["3"], e: ["4"] } }] };
    assert.ok(fits(pattern, { a: "1", b: "2" }));
    assert.ok(fits(pattern, { a: "1", c: [{ d: "3" }, { d: "3", e: "4" }] }));
    assert.ok(!fits(pattern, { a: "1", c: [{ d: "3" }, { e: "4" }] }));
    assert.ok(!fits(pattern, { b: "2" }));
    assert.ok(fits({ detail: { deep: { er: [{ exists: false }] } } }, { detail: { deep: "text" } }));
    assert.ok(fits({ detail: { deep: { er: [{ exists: false }] } } }, {}));
    assert.ok(!fits({ toString: [{ exists: true }] }, {}));
  });
});

describe("patterns of EventBridge and events of which only a part is known", () => {
  const output = new SomeText("output/");
  const may = (matcher: unknown, value: unknown) => matchesPattern({ key: [matcher] }, { key: value });

  /** What matches some text that begins with `output/`, and what matches none. */
  const SOME: unknown[] = [
    ...["output/a", { prefix: "out" }, { prefix: "output/a/" }, { prefix: { "equals-ignore-case": "OUT" } }],
    ...[{ suffix: ".mp4" }, { "equals-ignore-case": "OUTPUT/A" }, { wildcard: "*" }, { wildcard: "out*" }],
    ...[{ wildcard: "output/*.mp4" }, { wildcard: "output/a" }, { cidr: "10.0.0.0/8" }, { exists: true }],
    ...[
      "a",
      ["a"],
      { prefix: "output/a" },
      { suffix: "a" },
      { wildcard: "output/*a" },
      { "equals-ignore-case": "a" },
    ].map((operand) => ({ "anything-but": operand })),
  ];
  const NONE: unknown[] = [
    ...["uploads/a", "out", 7, null, { prefix: "uploads/" }, { wildcard: "uploads/*" }, { wildcard: "out" }],
    ...[{ numeric: [">", 0] }, { exists: false }, { "equals-ignore-case": "UPLOADS" }],
    ...[{ prefix: "out" }, { prefix: ["x", "output/"] }, { wildcard: "out*" }].map((operand) => ({
      "anything-but": operand,
    })),
  ];

  it("match where some such event would", () => {
    for (const matcher of SOME) assert.equal(may(matcher, output), true, JSON.stringify(matcher));
    for (const matcher of NONE) assert.equal(may(matcher, output), false, JSON.stringify(matcher));
  });

  it("match anything where nothing is known", () => {
    for (const matcher of [...SOME, ...NONE]) {
      assert.ok(may(matcher, ANYTHING));
      assert.ok(may(matcher, [ANYTHING]));
      assert.ok(matchesPattern({ key: { deeper: [matcher] } }, { key: ANYTHING }));
    }
  });
});
