import assert from "node:assert/strict";

import { UnsupportedDefinition } from "../../../runner/stateMachine/check";
import { observe } from "./support";

const NEXT = { Z: { Type: "Succeed" } };
const one = (state: object): object => ({ StartAt: "S", States: { S: state, ...NEXT } });

const CASES: [string, unknown, string[]][] = [
  [
    "JSONPath for the whole",
    { QueryLanguage: "JSONPath", StartAt: "Z", States: NEXT },
    [`State 'Z': QueryLanguage is "JSONPath". Only "JSONata" runs here.`],
  ],
  [
    "JSONPath by default",
    { QueryLanguage: undefined, StartAt: "Z", States: NEXT },
    [`State 'Z': QueryLanguage is "JSONPath". Only "JSONata" runs here.`],
  ],
  [
    "JSONPath in one state",
    one({ Type: "Pass", QueryLanguage: "JSONPath", Next: "Z" }),
    [`State 'S': QueryLanguage is "JSONPath". Only "JSONata" runs here.`],
  ],
  [
    "fields of JSONPath",
    one({ Type: "Pass", InputPath: "$.a", ResultPath: null, Next: "Z" }),
    ["State 'S': the field InputPath is not supported here.", "State 'S': the field ResultPath is not supported here."],
  ],
  [
    "a heartbeat",
    one({ Type: "Task", Resource: "test:echo", HeartbeatSeconds: 1, Next: "Z" }),
    ["State 'S': the field HeartbeatSeconds is not supported here."],
  ],
  [
    "an unknown type",
    one({ Type: "Loop", Next: "Z" }),
    [`State 'S': Type must be one of Task, Parallel, Map, Choice, Pass, Wait, Succeed, Fail. Received "Loop".`],
  ],
  [
    "a type that only JavaScript knows",
    one({ Type: "toString", Next: "Z" }),
    [`State 'S': Type must be one of Task, Parallel, Map, Choice, Pass, Wait, Succeed, Fail. Received "toString".`],
  ],
  [
    "an unknown resource",
    one({ Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Next: "Z" }),
    [
      `State 'S': Resource "arn:aws:states:::lambda:invoke" does not run here. These do: test:echo, test:sleep, test:fail.`,
    ],
  ],
  [
    "an unknown argument",
    one({ Type: "Task", Resource: "test:echo", Arguments: { DependsOn: [] }, Next: "Z" }),
    ["State 'S', Arguments: the field DependsOn is not supported here."],
  ],
  [
    "a distributed Map",
    one({
      Type: "Map",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "T",
        States: { T: { Type: "Succeed" } },
      },
      Next: "Z",
    }),
    [`State 'S': ItemProcessor/ProcessorConfig/Mode is "DISTRIBUTED". Only "INLINE" runs here.`],
  ],
  [
    "the reader of a distributed Map",
    one({
      Type: "Map",
      ItemReader: {},
      ItemProcessor: { StartAt: "T", States: { T: { Type: "Succeed" } } },
      Next: "Z",
    }),
    ["State 'S': the field ItemReader is not supported here."],
  ],
  [
    "a target that isn't there",
    one({ Type: "Pass", Next: "Nowhere" }),
    [`State 'S': Next must name a state of the same machine. Received "Nowhere".`],
  ],
  [
    "a target outside of the branch",
    one({ Type: "Parallel", Branches: [{ StartAt: "T", States: { T: { Type: "Pass", Next: "Z" } } }], Next: "Z" }),
    [`State 'T': Next must name a state of the same machine. Received "Z".`],
  ],
  [
    "a branch without a start",
    one({ Type: "Parallel", Branches: [{ States: { T: { Type: "Succeed" } } }], Next: "Z" }),
    ["State 'S', Branches[0]: StartAt must name a state of the same machine. Received nothing."],
  ],
  ["both Next and End", one({ Type: "Pass", Next: "Z", End: true }), [`State 'S': needs either Next or "End": true.`]],
  ["neither Next nor End", one({ Type: "Pass" }), [`State 'S': needs either Next or "End": true.`]],
  [
    "a name used twice",
    one({ Type: "Parallel", Branches: [{ StartAt: "Z", States: { Z: { Type: "Succeed" } } }], Next: "Z" }),
    ["State 'Z': the name is used twice. Names are unique in a state machine."],
  ],
  [
    "an expression that does not parse",
    one({ Type: "Pass", Output: { a: ["{% 1 + %}"] }, Next: "Z" }),
    ["State 'S': the expression in Output/a[0] cannot be parsed. S0207: Unexpected end of expression"],
  ],
  [
    "a condition that is no expression",
    one({ Type: "Choice", Choices: [{ Condition: "$x = 1", Next: "Z" }] }),
    [`State 'S', Choices[0]: Condition must be a "{% … %}" expression. Received "$x = 1".`],
  ],
  [
    "a JSONPath rule",
    one({ Type: "Choice", Choices: [{ Variable: "$.a", IsPresent: true, Next: "Z" }] }),
    [
      "State 'S', Choices[0]: the field Variable is not supported here.",
      "State 'S', Choices[0]: the field IsPresent is not supported here.",
      `State 'S', Choices[0]: Condition must be a "{% … %}" expression. Received nothing.`,
    ],
  ],
  [
    "States.ALL with others",
    one({ Type: "Task", Resource: "test:echo", Retry: [{ ErrorEquals: ["States.ALL", "E"] }], Next: "Z" }),
    [`State 'S', Retry[0]: "States.ALL" must stand alone in ErrorEquals, and in the last rule.`],
  ],
  [
    "States.ALL before others",
    one({
      Type: "Task",
      Resource: "test:echo",
      Catch: [
        { ErrorEquals: ["States.ALL"], Next: "Z" },
        { ErrorEquals: ["E"], Next: "Z" },
      ],
      Next: "Z",
    }),
    [`State 'S', Catch[0]: "States.ALL" must stand alone in ErrorEquals, and in the last rule.`],
  ],
  [
    "a retrier's numbers",
    one({
      Type: "Task",
      Resource: "test:echo",
      Retry: [{ ErrorEquals: ["E"], IntervalSeconds: 0, BackoffRate: 0.5, JitterStrategy: "HALF" }],
      Next: "Z",
    }),
    [
      "State 'S', Retry[0]: IntervalSeconds must be a whole number from 1. Received 0.",
      "State 'S', Retry[0]: BackoffRate must be a number from 1. Received 0.5.",
      `State 'S', Retry[0]: JitterStrategy must be "FULL" or "NONE". Received "HALF".`,
    ],
  ],
  [
    "a wait without a time",
    one({ Type: "Wait", Next: "Z" }),
    ["State 'S': a Wait state needs either Seconds or Timestamp."],
  ],
  [
    "a timeout of nothing",
    { TimeoutSeconds: 0, StartAt: "Z", States: NEXT },
    ["The state machine: TimeoutSeconds must be a whole number from 1 to 99,999,999. Received 0."],
  ],
  [
    "a timeout that no execution reaches",
    { TimeoutSeconds: 100_000_000, StartAt: "Z", States: NEXT },
    ["The state machine: TimeoutSeconds must be a whole number from 1 to 99,999,999. Received 100000000."],
  ],
  [
    "a name used in two branches",
    one({
      Type: "Parallel",
      Branches: [
        { StartAt: "T", States: { T: { Type: "Succeed" } } },
        { StartAt: "T", States: { T: { Type: "Succeed" } } },
      ],
      Next: "Z",
    }),
    ["State 'T': the name is used twice. Names are unique in a state machine."],
  ],
  [
    "a name of more than 80 characters, of which an emoji is one",
    {
      StartAt: "😀".repeat(80),
      States: { ["😀".repeat(80)]: { Type: "Pass", Next: "n".repeat(81) }, ["n".repeat(81)]: { Type: "Succeed" } },
    },
    [`State '${"n".repeat(81)}': the name has 81 characters. Step Functions allows 80.`],
  ],
  [
    "states that nothing leads to, in a branch and in a circle",
    {
      StartAt: "S",
      States: {
        S: {
          Type: "Parallel",
          Branches: [{ StartAt: "T", States: { T: { Type: "Succeed" }, U: { Type: "Succeed" } } }],
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "C" }],
          End: true,
        },
        C: { Type: "Choice", Choices: [{ Condition: true, Next: "D" }], Default: "E" },
        D: { Type: "Succeed" },
        E: { Type: "Succeed" },
        A: { Type: "Pass", Next: "B" },
        B: { Type: "Pass", Next: "A" },
      },
    },
    ["U", "A", "B"].map((name) => `State '${name}': no state leads here. Step Functions refuses such a definition.`),
  ],
  ["no states", { StartAt: "Z", States: {} }, ["The state machine: States must be an object with at least one state."]],
];

describe("a definition is refused up front", () => {
  for (const [title, definition, problems] of CASES) {
    it(title, async () => {
      await assert.rejects(observe(definition as object), (error: unknown) => {
        assert.ok(error instanceof UnsupportedDefinition);
        assert.deepEqual(error.problems, problems);
        assert.equal(error.message, `The state machine cannot run here:\n${problems.map((p) => `  ${p}`).join("\n")}`);
        return true;
      });
    });
  }
});
