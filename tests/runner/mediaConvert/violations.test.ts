import assert from "node:assert/strict";

import fc from "fast-check";

import type { Json } from "../../../contract/asl";
import { fieldName, findViolations } from "../../../runner/mediaConvert/violations";
import { shapeOf } from "../../../runner/serviceModels/shapes";
import type { Shape } from "../../../runner/serviceModels/shape";

const text: Shape = { type: "string", min: 2, max: 3, pattern: "^[a-z]+$" };
const whole: Shape = { type: "integer", min: 1, max: 10 };
const list: Shape = { type: "list", min: 1, max: 2, member: whole };
const one = (member: Shape): Shape => ({ type: "structure", members: { AacSettings: member } });

const ROWS: [value: Json, shape: Shape, violations: string[]][] = [
  ["ab", text, []],
  ["A", text, [": Should have at least 2 characters", ": Should match ^[a-z]+$"]],
  ["abcd", text, [": Should have at most 3 characters"]],
  ["\u{1F600}\u{1F600}\u{1F600}", { type: "string", max: 3 }, []],
  ["CMAF", { type: "string", enum: ["HLS", "DASH"] }, [": Should be one of HLS, DASH"]],
  [0, whole, [": Should be at least 1"]],
  [11, whole, [": Should be at most 10"]],
  [0.5, { type: "double", min: 1 }, [": Should be at least 1"]],
  [[], list, [": Should have at least 1 items"]],
  [[1, 11, 0], list, [": Should have at most 2 items", "/1: Should be at most 10", "/2: Should be at least 1"]],
  [{ AacSettings: 0 }, one(whole), ["/aacSettings: Should be at least 1"]],
  [
    { AacSettings: { "My Name": 0 } },
    one({ type: "map", value: whole }),
    ["/aacSettings/My Name: Should be at least 1"],
  ],
  [true, { type: "boolean" }, []],
];

describe("what the service's model doesn't allow", () => {
  for (const [value, shape, violations] of ROWS) {
    it(`in ${JSON.stringify(value)}`, () => assert.deepEqual(findViolations(value, shape), violations));
  }

  /** Every part of the model with a choice or a range, with the path that leads there. */
  const constrained: { path: string[]; shape: Shape }[] = [];
  const collect = (shape: Shape, path: string[], above: Shape[]): void => {
    if (above.includes(shape) || path.length > 12) return;
    if (shape.enum || (shape.type === "integer" && shape.max !== undefined)) constrained.push({ path, shape });
    for (const [name, member] of Object.entries(shape.members ?? {}))
      collect(member, [...path, name], [...above, shape]);
    for (const part of [shape.member, shape.value]) if (part) collect(part, [...path, "0"], [...above, shape]);
  };
  collect(shapeOf("mediaconvert:createJob") as Shape, [], []);

  /** The settings that have a value at a path, and nothing else. */
  const settingsWith = (shape: Shape, [name, ...rest]: string[], value: Json): Json => {
    if (name === undefined) return value;
    if (shape.type === "list") return [settingsWith(shape.member as Shape, rest, value)];
    return { [name]: settingsWith(shape.type === "map" ? shape.value! : shape.members![name]!, rest, value) };
  };
  const model = shapeOf("mediaconvert:createJob") as Shape;

  it("is found wherever it stands in the settings of a job, and only there", () => {
    assert.ok(constrained.length > 500, `${constrained.length} parts`);
    fc.assert(
      fc.property(fc.constantFrom(...constrained), ({ path, shape }) => {
        const [right, wrong] = shape.enum ? [shape.enum[0]!, "NO_SUCH_VALUE"] : [shape.max!, shape.max! + 1];
        assert.deepEqual(findViolations(settingsWith(model, path, right), model), []);
        const [found, ...others] = findViolations(settingsWith(model, path, wrong), model);
        const at = path.map((name) => (/^[A-Z]/.test(name) ? fieldName(name) : name)).join("/");
        assert.ok(found?.startsWith(`/${at}: Should be `), found);
        assert.deepEqual(others, []);
      }),
      { numRuns: 300 },
    );
  });
});
