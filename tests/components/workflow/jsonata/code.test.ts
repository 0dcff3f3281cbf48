import assert from "node:assert/strict";

import * as snippets from "../../../../components/workflow/jsonata/code";
import { NOTHING, testSnippets } from "./table";

const { bind, block, code, expression, list, literal, object, orElse, textOr } = snippets;

describe("JSONata: code", () => {
  it("is an expression between braces with percent signs", () => {
    assert.equal(expression("1 + 1"), "{% 1 + 1 %}");
  });

  const odd = [`it's`, `"quoted"`, `it's "both"`, "line\nbreak", "back\\slash", "é😀", "{% 1 %}", ""];
  testSnippets<Omit<typeof snippets, "expression">>({
    literal: odd.map((text) => [JSON.stringify(text), literal(text), {}, text]),
    code: [
      [
        "a template without expressions",
        code({ "a": [1, true, null, "x"], "b-c": {} }),
        {},
        { "a": [1, true, null, "x"], "b-c": {} },
      ],
      ["expressions inside", code({ a: "{% $x %}", b: ["{% $x + 1 %}"] }), { x: 2 }, { a: 2, b: [3] }],
      ["an expression without a value, which leaves its member out", code({ a: "{% $y %}", b: 1 }), {}, { b: 1 }],
      ["text that only begins like an expression", code("{% $x"), {}, "{% $x"],
    ],
    list: [
      ["nothing", list(), {}, []],
      ["values, the elements of arrays among them", list("$a", "$b"), { a: 1, b: [2, 3] }, [1, 2, 3]],
      ["an element without a value, which is left out", list("$a", "$none", "2"), { a: 1 }, [1, 2]],
    ],
    object: [
      ["members", object({ "a": "$a", "it's": "2" }), { a: null }, { "a": null, "it's": 2 }],
      ["a member without a value, which is left out", object({ a: "$none", b: "1" }), {}, { b: 1 }],
    ],
    block: [["its last statement", block(bind("$a", "1"), bind("$b", "$a + 1"), "$a + $b"), {}, 3]],
    bind: [
      ["a name for a value", block(bind("$a", "$x"), "$a"), { x: "y" }, "y"],
      ["no value under a name", block(bind("$a", "$none"), "$a"), {}, NOTHING],
    ],
    textOr: [
      ["text", textOr("$a", "'-'"), { a: "x" }, "x"],
      ["empty text", textOr("$a", "'-'"), { a: "" }, ""],
      ["null", textOr("$a", "'-'"), { a: null }, "-"],
      ["nothing", textOr("$a", "'-'"), {}, "-"],
      ["a number", textOr("$a", "'-'"), { a: 0 }, "0"],
      ["an object", textOr("$a", "'-'"), { a: { b: [1] } }, '{"b":[1]}'],
    ],
    orElse: [
      ["a value", orElse("$a", "1"), { a: 0 }, 0],
      ["null, which is a value", orElse("$a", "1"), { a: null }, null],
      ["something else where there is none", orElse("$a", "1"), {}, 1],
    ],
  });
});
