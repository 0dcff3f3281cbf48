import { answers, EXECUTION } from "../aws/recording";
import type { Answers } from "../aws/service";

/** The steps of the recorded execution, and what the documents call them. */
const STEPS: [recorded: string, documented: string][] = [["Encode", "Transcode_720p-1"]];

const ASKED = {
  TopicArn: "arn:aws:sns:eu-west-1:123456789012:videos",
  Message: JSON.stringify({ default: JSON.stringify({ status: "APPROVAL_WANTED", token: "AAAA" }) }),
};

/** The history of an execution that waits for approval. */
const WAITING = {
  id: 1,
  previousEventId: 0,
  type: "TaskScheduled",
  timestamp: 1_767_225_600,
  taskScheduledEventDetails: {
    ...{ resourceType: "sns", resource: "publish.waitForTaskToken" },
    parameters: JSON.stringify(ASKED),
  },
};

/** What AWS answers to the commands of the documents: to those of approval that an execution waits for it, to others that it has failed. */
export function awsAnswers(command: string): Answers {
  const recorded = { ...answers(), ...more(command) };
  return Object.fromEntries(
    Object.entries(recorded).map(([operation, answer]) => [operation, (request) => renamed(answer(request))]),
  );
}

function more(command: string): Answers {
  const { "AWSStepFunctions.DescribeStateMachineForExecution": describe } = answers();
  const waits = / (approve|reject) /.test(command);
  return {
    // Whatever name the document gives it.
    "AWSStepFunctions.DescribeStateMachineForExecution": () => describe!({ executionArn: EXECUTION }),
    "AWSStepFunctions.SendTaskSuccess": () => ({}),
    "AWSStepFunctions.SendTaskFailure": () => ({}),
    "AWSStepFunctions.RedriveExecution": () => ({ redriveDate: 1_767_225_600 }),
    "HEAD /videos": () => ({ status: 200, region: "eu-west-1" }),
    "AmazonSSM.GetParameter": () => ({ Parameter: { Value: "ami-0a1b2c3d4e5f" } }),
    ...(waits ? { "AWSStepFunctions.GetExecutionHistory": () => ({ events: [WAITING] }) } : {}),
  };
}

function renamed(answer: unknown): unknown {
  if (Buffer.isBuffer(answer)) return answer;
  const text = STEPS.reduce(
    (json, [recorded, documented]) => json.replaceAll(recorded, documented),
    JSON.stringify(answer),
  );
  return JSON.parse(text) as unknown;
}
