import type { Case } from "./support";
import { expressionError, failed, fieldError, pass, single, succeeded, testCases } from "./support";

const echo = { Type: "Task", Resource: "test:echo", End: true };

const CASES: Case[] = [
  {
    title: "Pass hands its input on",
    machine: single({ Type: "Pass", End: true }),
    input: { a: 1 },
    result: succeeded({ a: 1 }),
  },
  {
    title: "Output replaces expressions at any depth and leaves the rest",
    machine: single(
      pass({ list: ["{% $states.input.a %}", 2, null], text: "{% no expression", nested: { yes: "{% 1 = 1 %}" } }),
    ),
    input: { a: [1] },
    result: succeeded({ list: [[1], 2, null], text: "{% no expression", nested: { yes: true } }),
  },
  {
    title: "Succeed ends with its Output",
    machine: single({ Type: "Succeed", Output: "{% $states.input.a + 1 %}" }),
    input: { a: 1 },
    result: succeeded(2),
  },
  { title: "Fail without Error or Cause", machine: single({ Type: "Fail" }), result: { status: "FAILED" } },
  {
    title: "Fail evaluates Error and Cause",
    machine: single({ Type: "Fail", Error: "Custom", Cause: "{% 'because of ' & $states.input.a %}" }),
    input: { a: "x" },
    result: failed("because of x", "Custom"),
  },
  {
    title: "Fail needs strings",
    machine: single({ Type: "Fail", Cause: "{% 1 %}" }),
    result: fieldError("Cause", "a string", "1"),
  },
  {
    title: "an expression that yields nothing",
    machine: single(pass({ a: "{% $states.input.b %}" })),
    result: expressionError("$states.input.b", "Output/a", "returned nothing (undefined)."),
  },
  {
    title: "an expression that throws",
    machine: single(pass("{% 1 + 'a' %}")),
    result: expressionError(
      "1 + 'a'",
      "Output",
      'threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number',
    ),
  },
  {
    title: "an expression that yields a function",
    machine: single(pass("{% function($x) { $x } %}")),
    result: expressionError("function($x) { $x }", "Output", "returned a function."),
  },
  {
    title: "$eval is not there",
    machine: single(pass("{% $eval('1') %}")),
    result: expressionError(
      "$eval('1')",
      "Output",
      "threw an error during evaluation. T1006: Attempted to invoke a non-function",
    ),
  },
  {
    title: "$states.result is not there in a Pass",
    machine: single(pass("{% $states.result %}")),
    result: expressionError("$states.result", "Output", "returned nothing (undefined)."),
  },
  { title: "null is a value", machine: single(pass("{% null %}")), result: succeeded(null) },
  {
    title: "Task passes Arguments and returns the result",
    machine: single({ ...echo, Arguments: { value: "{% $states.input.a %}" } }),
    input: { a: [1, 2] },
    result: succeeded({ value: [1, 2] }),
  },
  {
    title: "Task takes its whole Arguments from one expression",
    machine: single({ ...echo, Arguments: "{% $merge([$states.input, {'other': 2}]) %}" }),
    input: { value: 1 },
    result: succeeded({ value: 1, other: 2 }),
  },
  {
    title: "Task without Arguments takes its input",
    machine: single(echo),
    input: { value: 3 },
    result: succeeded({ value: 3 }),
  },
  {
    title: "Task needs an object",
    machine: single({ ...echo, Arguments: "{% 'text' %}" }),
    result: fieldError("Arguments", "an object", '"text"'),
  },
  {
    title: "Task's Output reads the result and the input",
    machine: single({ ...echo, Arguments: { value: 1 }, Output: "{% $states.result.value + $states.input.a %}" }),
    input: { a: 1 },
    result: succeeded(2),
  },
  {
    title: "TimeoutSeconds may be an expression, and must be a number",
    machine: single({ ...echo, TimeoutSeconds: "{% 'x' %}" }),
    input: {},
    result: fieldError("TimeoutSeconds", "a whole number from 1 to 99999999", '"x"'),
  },
  {
    title: "Wait for seconds",
    machine: single({ Type: "Wait", Seconds: "{% $states.input.s %}", End: true }),
    input: { s: 90 },
    result: succeeded({ s: 90 }),
    seconds: 90,
  },
  {
    title: "Wait for a time",
    machine: single({ Type: "Wait", Timestamp: "2026-01-01T00:01:00Z", End: true }),
    result: succeeded({}),
    seconds: 60,
  },
  {
    title: "Wait for a time that has passed",
    machine: single({ Type: "Wait", Timestamp: "2020-01-01T00:00:00Z", End: true }),
    result: succeeded({}),
  },
  {
    title: "Wait needs a whole number",
    machine: single({ Type: "Wait", Seconds: "{% 0.5 %}", End: true }),
    result: fieldError("Seconds", "a whole number from 0 to 99999999", "0.5"),
  },
  {
    title: "Wait needs a timestamp",
    machine: single({ Type: "Wait", Timestamp: "{% 'soon' %}", End: true }),
    result: fieldError("Timestamp", "an RFC 3339 timestamp", '"soon"'),
  },
  {
    title: "Choice takes the first rule that holds, with the rule's Assign and Output",
    machine: {
      StartAt: "C",
      States: {
        C: {
          Type: "Choice",
          Output: "never",
          Choices: [
            { Condition: "{% $states.input.a > 5 %}", Next: "No" },
            {
              Condition: "{% $states.input.a > 1 %}",
              Next: "Yes",
              Assign: { seen: "{% $states.input.a %}" },
              Output: { from: "rule" },
            },
            { Condition: true, Next: "No" },
          ],
          Default: "No",
        },
        Yes: pass("{% [$seen, $states.input.from] %}"),
        No: { Type: "Fail" },
      },
    },
    input: { a: 2 },
    result: succeeded([2, "rule"]),
  },
  {
    title: "Choice without a match goes to Default, with its own Assign and Output",
    machine: {
      StartAt: "C",
      States: {
        C: {
          Type: "Choice",
          Assign: { seen: 1 },
          Output: "state",
          Choices: [{ Condition: false, Next: "No", Output: "rule" }],
          Default: "Yes",
        },
        Yes: pass("{% $states.input & $string($seen) %}"),
        No: { Type: "Fail" },
      },
    },
    result: succeeded("state1"),
  },
  {
    title: "Choice without a match and Default",
    machine: {
      StartAt: "S",
      States: { S: { Type: "Choice", Choices: [{ Condition: false, Next: "N" }] }, N: { Type: "Succeed" } },
    },
    result: failed("No rule of the state 'S' matched, and it has no Default.", "States.NoChoiceMatched"),
  },
  {
    title: "Choice needs booleans",
    machine: {
      StartAt: "S",
      States: { S: { Type: "Choice", Choices: [{ Condition: "{% 1 %}", Next: "N" }] }, N: { Type: "Succeed" } },
    },
    result: fieldError("Choices[0]/Condition", "a boolean", "1"),
  },
];

describe("states", () => testCases(CASES));
