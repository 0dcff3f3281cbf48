import { type Refusal, refuses } from "../refusals";

const CASES: Refusal[] = [
  [
    { logs: { retentionDays: 8 } },
    [
      "logs.retentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Received 8. CloudWatch allows only these periods. The default is 30.",
    ],
  ],
];

describe("the checks of logs", () => refuses(CASES));
