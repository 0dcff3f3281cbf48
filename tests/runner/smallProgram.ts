import type { Synthesis } from "../../runner/synthesis/synthesis";
import { jobDefinition, stateMachine, synthesis, TOPIC } from "./support";

const job = (name: string, definition: string, more: object = {}): Record<string, object> => ({
  [name]: {
    Type: "Task",
    Resource: "arn:aws:states:::batch:submitJob.sync",
    Arguments: {
      JobName: name,
      JobQueue: "high",
      JobDefinition: definition,
      Parameters: { input: "{% $input %}", output: "{% $output %}" },
      ...more,
    },
    End: true,
  },
});

const publish = (subject: string, message: unknown, more: object): object => ({
  Type: "Task",
  Resource: "arn:aws:states:::sns:publish",
  Arguments: { TopicArn: TOPIC, Subject: subject, Message: message },
  ...more,
});

const STEPS = {
  StartAt: "Extract",
  States: {
    "Extract": {
      Type: "Task",
      Resource: "arn:aws:states:::batch:submitJob.sync",
      Arguments:
        '{% {"JobName": "Extract", "JobQueue": "high", "JobDefinition": "plan", "Parameters": {"input": $input, "output": $output}} %}',
      Next: "Read Plan",
    },
    "Read Plan": {
      Type: "Task",
      Resource: "arn:aws:states:::aws-sdk:s3:getObject",
      Arguments: { Bucket: "", Key: "{% $substringAfter($output, 'file:///') & '/plan.json' %}" },
      Assign: { plan: "{% $parse($states.result.Body) %}" },
      Next: "Process",
    },
    "Process": {
      Type: "Parallel",
      Branches: [
        { StartAt: "Features", States: job("Features", "features", { JobQueue: "low" }) },
        { StartAt: "Encode", States: job("Encode", "encode", { ArrayProperties: { Size: "{% $plan.chunks %}" } }) },
      ],
      End: true,
    },
  },
};

/** A plan, then two jobs side by side, one of them an array; at the end a notice, of success or failure. */
const DEFINITION = {
  QueryLanguage: "JSONata",
  TimeoutSeconds: 600,
  StartAt: "Start",
  States: {
    "Start": {
      Type: "Pass",
      Assign: { input: "{% $states.input.input %}", output: "{% $states.input.output %}" },
      Next: "Whole",
    },
    "Whole": {
      Type: "Parallel",
      Branches: [STEPS],
      Catch: [
        { ErrorEquals: ["States.ALL"], Assign: { failure: "{% $states.errorOutput %}" }, Next: "Notify Failure" },
      ],
      Next: "Notify Success",
    },
    "Notify Success": publish("Done", { input: "{% $input %}" }, { Output: { done: true }, End: true }),
    "Notify Failure": publish("Failed", "{% $failure.Error %}", { Next: "Failed" }),
    "Failed": { Type: "Fail", Error: "PipelineFailed", Cause: "{% $failure.Error %}" },
  },
};

/** A job's command that runs JavaScript with `fs`, the URIs `input` and `output`, and the path `out`. */
export const script = (source: string): string[] => [
  process.execPath,
  "-e",
  `const fs = require("node:fs"); const [, input, output] = process.argv; const out = output.slice(7); ${source}`,
  "Ref::input",
  "Ref::output",
];

const PLAN = script(`console.log("progress 100%"); fs.writeFileSync(out + "/plan.json", JSON.stringify({chunks: 2}));`);
const ENCODE = script(`
  const index = process.env.AWS_BATCH_JOB_ARRAY_INDEX;
  fs.writeFileSync(out + "/chunk-" + index, fs.readFileSync(input.slice(7), "utf8") + index);
`);
const FEATURES = script(`fs.writeFileSync(out + "/features", "");`);

/** The program, with some of its jobs' commands replaced. Exit code 2 is final, codes from 1 on are tried again. */
export function program(commands: { plan?: string[]; encode?: string[]; features?: string[] } = {}): Synthesis {
  const retryStrategy = {
    attempts: 3,
    evaluateOnExits: [
      { action: "EXIT", onExitCode: "2" },
      { action: "RETRY", onExitCode: "1*" },
    ],
  };
  return synthesis(
    stateMachine(DEFINITION),
    jobDefinition("plan", commands.plan ?? PLAN, { retryStrategy }),
    jobDefinition("encode", commands.encode ?? ENCODE, { retryStrategy }),
    jobDefinition("features", commands.features ?? FEATURES, { retryStrategy }),
  );
}
