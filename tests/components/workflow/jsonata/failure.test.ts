import * as snippets from "../../../../components/workflow/jsonata/failure";
import type { Json, JsonObject } from "../../../../contract/asl";
import { fails, NOTHING, NOW, type Row, testSnippets } from "./table";

const {
  caughtFailure,
  CAUGHT,
  CAUGHT_ERROR,
  CAUGHT_JOB,
  caughtWithSentence,
  describeAsText,
  describeFailure,
  describeOmission,
  describeParallel,
  describeUnsentNotice,
  ERROR_OUTPUT,
  exitCodeOrNull,
  FAILED_JOB,
  failureWithSentence,
  SAID,
  withSentence,
} = snippets;

const STEP = "Transcode_720p-1";
const attempt = (Container: JsonObject): JsonObject => ({ Container });
const job = (detail: JsonObject): JsonObject => ({
  Error: "States.TaskFailed",
  Cause: JSON.stringify({ JobId: "42", StatusReason: "Essential container in task exited", ...detail }),
});

const failed = (detail: JsonObject): JsonObject => ({ states: { errorOutput: job(detail) } });

/** Errors as Step Functions reports them, and how they are described. */
const ERRORS: [what: string, errorOutput: JsonObject, cause: string, more?: { job?: string; log?: string }][] = [
  [
    "a job that failed three times",
    job({ Attempts: [{}, {}, attempt({ ExitCode: 1, LogStreamName: "l/1" })] }),
    `${STEP} failed: exit code 1 after 3 attempts. Essential container in task exited.`,
    { job: "42", log: "l/1" },
  ],
  [
    "a job that failed for good at once",
    job({ Attempts: [attempt({ ExitCode: 2, Reason: "Why." })] }),
    `${STEP} failed: exit code 2 after 1 attempt. Essential container in task exited. Why.`,
    { job: "42" },
  ],
  [
    "a machine that was taken away",
    job({ StatusReason: "Host EC2 (instance i-1) terminated.", Attempts: [{}] }),
    `${STEP} failed: Host EC2 (instance i-1) terminated.`,
    { job: "42" },
  ],
  [
    "an array job",
    job({ Attempts: [], ArrayProperties: { Size: 5, StatusSummary: { FAILED: 2, SUCCEEDED: 3 } } }),
    `${STEP} failed: 2 of 5 chunks failed. Essential container in task exited.`,
    { job: "42" },
  ],
  [
    "a job that was cancelled before it had an attempt",
    { Error: "States.TaskFailed", Cause: JSON.stringify({ JobId: "42" }) },
    `${STEP} failed: `,
    { job: "42" },
  ],
  [
    "a timeout, which has no cause",
    { Error: "States.Timeout" },
    `${STEP} did not end within 90 seconds, including the wait in its queue.`,
  ],
  [
    "a timeout with an empty cause",
    { Error: "States.Timeout", Cause: "" },
    `${STEP} did not end within 90 seconds, including the wait in its queue.`,
  ],
  [
    "a permission that is missing",
    { Error: "Batch.AccessDeniedException", Cause: "User is not authorized" },
    `${STEP} failed: Batch.AccessDeniedException. User is not authorized`,
  ],
  ["an error without a cause", { Error: "Odd" }, `${STEP} failed: Odd.`],
  ["a cause that was cut off", { Error: "E", Cause: '{"JobId":"42","At' }, `${STEP} failed: E. {"JobId":"42","At`],
  ["JSON of something else", { Error: "E", Cause: '{"a":1}' }, `${STEP} failed: E. {"a":1}`],
  ["a long cause", { Error: "E", Cause: "x".repeat(3000) }, `${STEP} failed: E. ${"x".repeat(1972)}`],
];

function described(
  errorOutput: JsonObject,
  cause: string,
  { job = null, log = null }: { job?: Json; log?: Json } = {},
): JsonObject {
  return { step: STEP, error: errorOutput["Error"]!, cause, job, log };
}

const context = { State: { EnteredTime: new Date(NOW - 90_000).toISOString() } };
const handedOver = (errorOutput: JsonObject): JsonObject => ({ step: STEP, seconds: 90, errorOutput });
const input = (of: JsonObject): JsonObject => ({ states: { input: of } });

describe("JSONata: failures", () => {
  const denied = { Error: "E", Cause: "Denied." };
  const known = { step: STEP, error: "E", cause: `${STEP} failed: exit code 2 after 1 attempt.`, job: "42", log: null };
  const read = { result: { Body: "No picture." } };
  testSnippets<typeof snippets>({
    ERROR_OUTPUT: [
      ["what is caught", ERROR_OUTPUT, { states: { errorOutput: denied } }, denied],
      [
        "null for both",
        ERROR_OUTPUT,
        { states: { errorOutput: { Error: null, Cause: null } } },
        { Error: "States.TaskFailed", Cause: "" },
      ],
    ],
    SAID: [
      ["an error and its cause", SAID, { raised: denied }, "E. Denied."],
      ["an error without a cause", SAID, { raised: { Error: "States.Timeout", Cause: "" } }, "States.Timeout."],
    ],
    exitCodeOrNull: [
      ["of a job", exitCodeOrNull(), failed({ Attempts: [attempt({ ExitCode: 1 }), attempt({ ExitCode: 3 })] }), 3],
      ["of a job that never started", exitCodeOrNull(), failed({ Attempts: [] }), null],
      ["no job", exitCodeOrNull(), { states: { errorOutput: denied } }, null],
      ["no cause", exitCodeOrNull(), { states: { errorOutput: { Error: "States.Timeout", Cause: null } } }, null],
    ],
    caughtFailure: [
      ["a failure", caughtFailure(STEP), { states: { errorOutput: denied, context } }, handedOver(denied)],
      [
        "a step with an apostrophe",
        caughtFailure("it's"),
        { states: { errorOutput: {}, context } },
        { ...handedOver({ Error: "States.TaskFailed", Cause: "" }), step: "it's" },
      ],
    ],
    describeFailure: [
      ...ERRORS.map(([what, errorOutput, cause, more]): Row => [
        what,
        describeFailure(caughtFailure(STEP)),
        { states: { errorOutput, context } },
        described(errorOutput, cause, more),
      ]),
      [
        "a shorter cause",
        describeFailure(CAUGHT, 30),
        input(handedOver(denied)),
        described(denied, `${STEP} failed: E. De`),
      ],
    ],
    describeAsText: [
      [
        "JSON",
        describeAsText(),
        input(handedOver(denied)),
        JSON.stringify(described(denied, `${STEP} failed: E. Denied.`)),
      ],
    ],
    CAUGHT: [["what was handed over", CAUGHT, input(handedOver(denied)), handedOver(denied)]],
    CAUGHT_ERROR: [["the error", CAUGHT_ERROR, input(handedOver(denied)), "E"]],
    CAUGHT_JOB: [
      ["a job", CAUGHT_JOB, input(handedOver(job({}))), "42"],
      ["a timeout", CAUGHT_JOB, input(handedOver({ Error: "States.Timeout" })), fails('"undefined" is not valid JSON')],
      ["an error of the service", CAUGHT_JOB, input(handedOver(denied)), fails("is not valid JSON")],
      ["JSON of something else", CAUGHT_JOB, input(handedOver({ Error: "E", Cause: "{}" })), NOTHING],
    ],
    describeParallel: [
      [
        "what a branch sent along",
        describeParallel("Process Video"),
        { states: { errorOutput: { Error: "E", Cause: JSON.stringify(known) } } },
        known,
      ],
      [
        "a failure of its own",
        describeParallel("Process Video"),
        { states: { errorOutput: { Error: "E", Cause: '{"no": "description"}' } } },
        {
          step: "Process Video",
          error: "E",
          cause: 'Process Video failed: E. {"no": "description"}',
          job: null,
          log: null,
        },
      ],
    ],
    FAILED_JOB: [["a job", FAILED_JOB, { failure: known }, "42"]],
    failureWithSentence: [
      [
        "the sentence in the cause",
        failureWithSentence(),
        { failure: known, states: read },
        { ...known, cause: `${STEP} failed: No picture. (exit code 2 after 1 attempt)` },
      ],
    ],
    caughtWithSentence: [
      [
        "the sentence besides the failure",
        caughtWithSentence(),
        { states: { input: handedOver(denied), ...read } },
        { ...handedOver(denied), sentence: "No picture." },
      ],
    ],
    describeOmission: [
      [
        "what is missing and why",
        describeOmission({ rendition: "'720p'" }),
        input(handedOver(denied)),
        { rendition: "720p", ...described(denied, `${STEP} failed: E. Denied.`) },
      ],
      [
        "the sentence, where it was read",
        describeOmission({ features: "true" }),
        input({ ...handedOver(denied), sentence: "No picture." }),
        { features: true, ...described(denied, `${STEP} failed: No picture. (E. Denied)`) },
      ],
      [
        "a cause that fits into a notice with all others",
        describeOmission({ features: "true" }),
        input(handedOver({ Error: "E", Cause: "x".repeat(3000) })),
        { features: true, ...described(denied, `${STEP} failed: E. ${"x".repeat(472)}`) },
      ],
    ],
    withSentence: [
      [
        "the sentence first",
        withSentence("$a", "$b", 99),
        { a: "S failed: exit code 2.", b: "Dark." },
        "S failed: Dark. (exit code 2)",
      ],
      [
        "a long sentence, with room for what Batch knows",
        withSentence("$a", "$b", 80),
        { a: "S failed: exit code 2.", b: "y".repeat(99) },
        `S failed: ${"y".repeat(60)} (exit cod`,
      ],
    ],
    describeUnsentNotice: [
      [
        "a cause",
        describeUnsentNotice("Notify Success", "the output is complete"),
        { states: { errorOutput: denied } },
        "Notify Success failed: the output is complete, and only its notice could not be sent: E. Denied.",
      ],
      [
        "no cause",
        describeUnsentNotice("Notify Success", "the output is complete"),
        { states: { errorOutput: { Error: "States.Timeout" } } },
        "Notify Success failed: the output is complete, and only its notice could not be sent: States.Timeout.",
      ],
    ],
  });
});
