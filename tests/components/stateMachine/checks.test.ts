import { type Refusal, refuses } from "../refusals";

const CASES: Refusal[] = [
  [
    { workflow: { partialOutcome: "maybe", continueOnRenditionFailure: true } },
    [
      'workflow.partialOutcome must be one of succeed, fail. Received "maybe". Choose how an execution ends that finished only part of the video. The default is succeed.',
    ],
  ],
  [
    { workflow: { partialOutcome: "fail" } },
    [
      'workflow.partialOutcome must be given together with workflow.continueOnRenditionFailure or workflow.continueOnFeaturesFailure. Received "fail". Without them the first failure ends the execution: set one of them, or remove this.',
    ],
  ],
  [
    { approval: { timeoutSeconds: 59, defaultAnswer: "yes" } },
    [
      "approval.timeoutSeconds must be a whole number from 60 to 31,000,000. Received 59. The unit is seconds. The default is 86400, which is a day.",
      'approval.defaultAnswer must be one of approve, reject. Received "yes". Choose what happens when nobody answers in time. The default is reject.',
    ],
  ],
  [
    { approval: { timeoutSeconds: 31_000_000 }, workflow: { timeoutSeconds: 600_000 } },
    [
      "approval.timeoutSeconds must be at most 31,536,000 together with workflow.timeoutSeconds. Received 31000000. workflow.timeoutSeconds is 600000: lower one of them.",
    ],
  ],
  [
    { workflow: { timeoutSeconds: 60, queueWaitSeconds: -1 } },
    [
      "workflow.timeoutSeconds must be a whole number from 300 to 31,535,000. Received 60. Step Functions ends an execution after a year. The default is 3600.",
      "workflow.queueWaitSeconds must be a whole number from 0 to 31,536,000. Received -1. Omit it to let jobs wait as long as the execution may take.",
    ],
  ],
];

describe("the checks of the workflow and approvals", () => refuses(CASES));
