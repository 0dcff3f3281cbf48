import { failed, fieldError, pass, single, succeeded, testCases } from "./support";
import type { Case } from "./support";

const CASES: Case[] = [
  {
    title: "Parallel gives every branch its input and collects the outputs in order",
    machine: single({
      Type: "Parallel",
      End: true,
      Branches: [
        { StartAt: "R", States: { R: pass("{% $states.input.a %}") } },
        { StartAt: "T", States: { T: { Type: "Succeed" } } },
      ],
    }),
    input: { a: 1 },
    result: succeeded([1, { a: 1 }]),
  },
  {
    title: "Parallel's Arguments replace the input, and Output reads the result",
    machine: single({
      Type: "Parallel",
      End: true,
      Arguments: { b: 2 },
      Branches: [{ StartAt: "T", States: { T: { Type: "Succeed" } } }],
      Output: "{% $states.result[0].b %}",
    }),
    result: succeeded(2),
  },
  {
    title: "Map runs its items with the index and the value in the context",
    machine: single({
      Type: "Map",
      Items: "{% $states.input.items %}",
      ItemSelector: {
        i: "{% $states.context.Map.Item.Index %}",
        v: "{% $states.context.Map.Item.Value %}",
        all: "{% $count($states.input.items) %}",
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: "INLINE" },
        StartAt: "T",
        States: {
          T: pass("{% [$states.input.i, $states.input.v, $states.input.all, $states.context.Map.Item.Index] %}"),
        },
      },
      End: true,
    }),
    input: { items: ["a", "b"] },
    result: succeeded([
      [0, "a", 2, 0],
      [1, "b", 2, 1],
    ]),
  },
  {
    title: "Map of nothing",
    machine: single({
      Type: "Map",
      Items: [],
      ItemProcessor: { StartAt: "T", States: { T: { Type: "Fail" } } },
      End: true,
    }),
    result: succeeded([]),
  },
  {
    title: "Map needs an array",
    machine: single({
      Type: "Map",
      Items: "{% {'a': 1} %}",
      ItemProcessor: { StartAt: "T", States: { T: { Type: "Fail" } } },
      End: true,
    }),
    result: fieldError("Items", "an array", '{"a":1}'),
  },
  {
    title: "Map holds to MaxConcurrency",
    machine: single({
      Type: "Map",
      Items: [1, 2, 3, 4, 5],
      MaxConcurrency: "{% 2 %}",
      ItemProcessor: { StartAt: "T", States: { T: { Type: "Wait", Seconds: 10, End: true } } },
      End: true,
    }),
    result: succeeded([1, 2, 3, 4, 5]),
    seconds: 30,
  },
  {
    title: "an inline Map runs 40 items at most",
    machine: single({
      Type: "Map",
      Items: "{% [1..41] %}",
      ItemProcessor: { StartAt: "T", States: { T: { Type: "Wait", Seconds: 10, End: true } } },
      Output: "{% $count($states.result) %}",
      End: true,
    }),
    result: succeeded(41),
    seconds: 20,
  },
  {
    title: "Assign and Output read the variables of before",
    machine: {
      StartAt: "A",
      States: {
        A: { Type: "Pass", Assign: { x: 1 }, Next: "B" },
        B: { Type: "Pass", Assign: { x: 2, y: "{% $x %}" }, Output: "{% $x %}", Next: "C" },
        C: pass("{% [$x, $y, $states.input] %}"),
      },
    },
    result: succeeded([2, 1, 1]),
  },
  {
    title: "a branch reads the variables around it, its own end with it",
    machine: {
      StartAt: "A",
      States: {
        A: { Type: "Pass", Assign: { x: 1 }, Next: "S" },
        S: {
          Type: "Parallel",
          Branches: [
            {
              StartAt: "I",
              States: { I: { Type: "Pass", Assign: { y: "{% $x + 1 %}" }, Next: "J" }, J: pass("{% $y %}") },
            },
          ],
          Next: "Z",
        },
        Z: pass({ inner: "{% $states.input[0] %}", gone: "{% $exists($y) %}" }),
      },
    },
    result: succeeded({ inner: 2, gone: false }),
  },
  {
    title: "a branch cannot assign a variable of the machine around it",
    machine: {
      StartAt: "A",
      States: {
        A: { Type: "Pass", Assign: { x: 1 }, Next: "S" },
        S: {
          Type: "Parallel",
          Branches: [{ StartAt: "I", States: { I: { Type: "Pass", Assign: { x: 2 }, End: true } } }],
          End: true,
        },
      },
    },
    result: failed(
      "The variable 'x' belongs to the state machine around this branch, which can read but not assign it. Use another name.",
      "States.Runtime",
    ),
  },
  {
    title: "the context object",
    machine: single(pass("{% $states.context %}")),
    input: { a: 1 },
    result: succeeded({
      Execution: {
        Id: "arn:aws:states:us-east-1:123456789012:execution:pipeline:run",
        Input: { a: 1 },
        Name: "run",
        RedriveCount: 0,
        RoleArn: "arn:aws:iam::123456789012:role/pipeline",
        StartTime: "2026-01-01T00:00:00.000Z",
      },
      StateMachine: { Id: "arn:aws:states:us-east-1:123456789012:stateMachine:pipeline", Name: "pipeline" },
      State: { Name: "S", EnteredTime: "2026-01-01T00:00:00.000Z", RetryCount: 0 },
    }),
  },
  {
    title: "an output above the quota",
    machine: single(pass("{% $join([1..10000].('0123456789012345678901234567890')) %}")),
    result: failed(
      "The state 'S' returned a result with a size exceeding the maximum of 262144 bytes.",
      "States.DataLimitExceeded",
    ),
  },
];

describe("Parallel, Map, variables and the context", () => testCases(CASES));
