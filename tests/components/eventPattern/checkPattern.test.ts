import { strict as assert } from "node:assert";

import { checkPattern } from "../../../components/eventPattern/checkPattern";

const reasons = (pattern: unknown): string[] => checkPattern("pattern", pattern).map(({ reason }) => reason);
const RANGE =
  "must be one comparison by =, <, <=, > or >=, or a range from > or >= to < or <=, with numbers from -5,000,000,000 to 5,000,000,000";
const ANYTHING_BUT =
  "must be text, a number, a list of either, or one of prefix, suffix, equals-ignore-case and wildcard with text or a list of texts";
const WILDCARD =
  "must be text in which no two * follow each other, and in which a backslash stands only before * and another backslash";

/** A pattern's value for a field, and what is wrong with it. */
const REFUSED: [matcher: unknown, at: string, rule: string, received: unknown, remedy: string][] = [
  [
    ["a"],
    "",
    "must be a value, not a list",
    ["a"],
    "One list is enough: EventBridge compares with each of its values.",
  ],
  ...[{}, { prefix: "a", suffix: "b" }].map((matcher): (typeof REFUSED)[number] => [
    ...([matcher, "", "must have exactly one operator", matcher] as const),
    "Put several into the list, of which one has to match.",
  ]),
  [{ prefx: "a" }, ".prefx", "must be an operator of EventBridge", "prefx", "Did you mean prefix?"],
  [
    ...([{ regex: "a" }, ".regex", "must be an operator of EventBridge", "regex"] as const),
    "EventBridge has prefix, suffix, equals-ignore-case, wildcard, numeric, cidr, anything-but, exists.",
  ],
  [
    { constructor: "a" },
    ".constructor",
    "must be an operator of EventBridge",
    "constructor",
    "EventBridge has prefix, suffix, equals-ignore-case, wildcard, numeric, cidr, anything-but, exists.",
  ],
  [{ exists: "true" }, ".exists", "must be true or false", "true", 'Use {"exists": true} or {"exists": false}.'],
  ...[7, { suffix: "a" }, { "equals-ignore-case": 7 }, ["a"]].flatMap((operand) =>
    (
      [
        ["prefix", '{"prefix": "uploads/"}'],
        ["suffix", '{"suffix": ".mp4"}'],
      ] as const
    ).map(([name, example]): (typeof REFUSED)[number] => [
      ...([{ [name]: operand }, `.${name}`, 'must be text, or {"equals-ignore-case": text}', operand] as const),
      `Write, for example, ${example}.`,
    ]),
  ),
  [
    { "equals-ignore-case": null },
    ".equals-ignore-case",
    "must be text",
    null,
    'Write, for example, {"equals-ignore-case": "ready"}.',
  ],
  ...["a**", "a\\b", 7].map((operand): (typeof REFUSED)[number] => [
    ...([{ wildcard: operand }, ".wildcard", WILDCARD, operand] as const),
    'Write, for example, {"wildcard": "uploads/*.mp4"}.',
  ]),
  ...[
    7,
    [],
    ["="],
    ["=", "7"],
    ["!=", 7],
    [">", 5, "<", 5],
    ["<", 1, ">", 0],
    [">", 0, "<", 1, "<", 2],
    ["=", 6e9],
  ].map((operand): (typeof REFUSED)[number] => [
    ...([{ numeric: operand }, ".numeric", RANGE, operand] as const),
    'Write, for example, {"numeric": [">", 0, "<=", 100]}.',
  ]),
  ...["10.0.0.0", "10.0.0.0/33", "10.0/8", "a/8", 7].map((operand): (typeof REFUSED)[number] => [
    ...([{ cidr: operand }, ".cidr", "must be a range of IP addresses", operand] as const),
    'Write, for example, {"cidr": "10.0.0.0/24"}.',
  ]),
  ...[true, null, [], ["a", 1], { numeric: ["=", 1] }, { prefix: "" }, { suffix: [7] }, { wildcard: "**" }, {}].map(
    (operand): (typeof REFUSED)[number] => [
      ...([{ "anything-but": operand }, ".anything-but", ANYTHING_BUT, operand] as const),
      'Write, for example, {"anything-but": {"prefix": "output/"}}.',
    ],
  ),
];

describe("what EventBridge refuses of a pattern", () => {
  for (const [matcher, at, rule, received, remedy] of REFUSED) {
    it(JSON.stringify(matcher), () => {
      const shown = JSON.stringify(received);
      assert.deepEqual(reasons({ detail: { "size": [1], "a b": [matcher] } }), [
        `pattern.detail["a b"][0]${at} ${rule}. Received ${shown}. ${remedy}`,
      ]);
    });
  }

  it("fields without values, and objects without fields", () => {
    const empty = "must be an object with at least one field";
    const remedy = 'Name a field, for example {"source": ["my.uploads"]}.';
    assert.deepEqual(reasons({}), [`pattern ${empty}. Received {}. ${remedy}`]);
    assert.deepEqual(reasons({ detail: {}, source: "a", time: [] }), [
      `pattern.detail ${empty}. Received {}. ${remedy}`,
      'pattern.source must be a list of values, or an object of fields. Received "a". Put the value in square brackets.',
      'pattern.time must have at least one value. Received []. For any value, use {"exists": true}.',
    ]);
  });

  it("alternatives that are none, or named like operators", () => {
    const two = "must be a list of two or more alternatives";
    for (const alternatives of [[{ a: [1] }], { a: [1] }, []]) {
      assert.deepEqual(reasons({ $or: alternatives }), [
        `pattern["$or"] ${two}. Received ${JSON.stringify(alternatives)}. Each is an object of fields, like the pattern itself.`,
      ]);
    }
    assert.deepEqual(reasons({ $or: [{ a: [1] }, { b: { prefix: ["a"] } }] }), [
      'pattern["$or"][1].b.prefix must not be a field among the alternatives of $or. Received ["a"]. EventBridge reserves the names of its operators there. Put the operator into the list of a field.',
    ]);
  });

  it("more than 2,048 characters, or than 1,000 combinations", () => {
    const text = (length: number) => ({ a: ["x".repeat(length - '{"a":[""]}'.length)] });
    assert.deepEqual(reasons(text(2048)), []);
    assert.deepEqual(reasons(text(2049)), [
      "pattern must have at most 2,048 characters as JSON, which is EventBridge's limit. Received 2049. Compare fewer fields, or beginnings with prefix.",
    ]);
    const ten = { $or: Array.from({ length: 10 }, () => ({ a: [1] })) };
    assert.deepEqual(reasons({ a: ten, b: ten, c: ten }), []);
    assert.deepEqual(reasons({ a: ten, b: ten, c: { $or: [...ten.$or, { a: [1] }] } }), [
      "pattern must have at most 1,000 combinations of the alternatives in $or. Received 1100. Use fewer alternatives, or more values in one list.",
    ]);
  });
});
