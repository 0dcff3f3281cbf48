import { strict as assert } from "node:assert";

import { badScheduleExpression } from "../../../components/trigger/scheduleExpression";

const GOOD = [
  ...["rate(1 minute)", "rate(1 minutes)", "rate(5 minutes)", "rate(12 hours)", "rate(1 day)", "rate(400 days)"],
  ...["at(2030-01-01T00:00:00)", "at(2028-02-29T23:59:59)"],
  ...["cron(0 6 * * ? *)", "cron(0 6 ? * MON-FRI *)", "cron(0/15 8-17 ? * 2-6 *)", "cron(*/5 * * * ? *)"],
  ...["cron(15 10 L * ? *)", "cron(0 0 LW * ? *)", "cron(0 0 3W * ? *)", "cron(0 0 L-3 * ? 2030-2040)"],
  ...["cron(15 10 ? * 6L 2022-2023)", "cron(0 0 ? * 6#3 *)", "cron(0 0 ? * fri#1 *)", "cron(0 0 ? * L *)"],
  ...["cron(0 0 1,15 JAN,JUL ? *)", "cron(0 22-2 ? * FRI-MON *)", "cron(0 6 31 12 ? 2199)", "cron( 0  6 * * ? * )"],
];

const FORM = "must be like rate(1 day), cron(0 6 * * ? *) or at(2030-01-01T00:00:00)";
const RATE = "must have a whole number of minutes, hours or days in rate(…), at least 1";
const TIME = "must have a date and a time of day in at(…)";
const SIX = "must have six fields in cron(…): minutes, hours, day of the month, month, day of the week, year";
const OPEN = "must have ? as either the day of the month or the day of the week";
const MINUTES = "must have minutes from 0 to 59 in the first field";
const HOURS = "must have hours from 0 to 23 in the second field";
const DAYS = "must have days of the month from 1 to 31, L or W in the third field";
const MONTHS = "must have months from 1 to 12 or JAN to DEC in the fourth field";
const WEEKDAYS = "must have days of the week from 1 to 7 or SUN to SAT, L or # in the fifth field";
const YEARS = "must have years from 1970 to 2199 in the sixth field";
const REMEDIES: Record<string, string> = {
  [FORM]: "Use one of these forms: EventBridge Scheduler has no others.",
  [RATE]: "Use an expression such as rate(12 hours) or rate(1 day).",
  [TIME]: "Use an expression such as at(2030-01-01T00:00:00), and set timezone for another zone than UTC.",
  [SIX]: "Use an expression such as cron(0 6 * * ? *), which is every day at 06:00.",
  [OPEN]: "EventBridge Scheduler can't combine the two: put ? in the field that doesn't decide.",
};
const correct = (text: string): string =>
  `Correct ${text}: * stands for all, and , - and / make lists, ranges and steps.`;

const BAD: (readonly [expression: unknown, rule: string, field?: string])[] = [
  ...["", "daily", "0 6 * * ? *", "cron()", "cron(0 6 * * ? *", "Rate(1 day)"].map((one) => [one, FORM] as const),
  ...[undefined, 5].map((one) => [one, FORM] as const),
  ...["rate(0 days)", "rate(1.5 hours)", "rate(1 week)", "rate(day)", "rate(30 seconds)"].map(
    (one) => [one, RATE] as const,
  ),
  ...["at(2030-02-30T00:00:00)", "at(2030-01-01T24:00:00)", "at(2030-01-01)", "at(2030-01-01T00:00:00Z)"].map(
    (one) => [one, TIME] as const,
  ),
  ...["cron(0 6 * * *)", "cron(0 0 6 * * ? *)", "cron(?)"].map((one) => [one, SIX] as const),
  ...["cron(0 6 * * * *)", "cron(0 6 1 * MON *)", "cron(0 6 ? * ? *)"].map((one) => [one, OPEN] as const),
  ["cron(60 6 * * ? *)", MINUTES, "60"],
  ["cron(*/60 * * * ? *)", MINUTES, "*/60"],
  ["cron(? 6 * * ? *)", MINUTES, "?"],
  ["cron(5- 6 * * ? *)", MINUTES, "5-"],
  ["cron(1,,2 6 * * ? *)", MINUTES, "1,,2"],
  ["cron(0 24 * * ? *)", HOURS, "24"],
  ["cron(0 6-8-9 * * ? *)", HOURS, "6-8-9"],
  ["cron(0 6/0 * * ? *)", HOURS, "6/0"],
  ["cron(0 6/2/2 * * ? *)", HOURS, "6/2/2"],
  ["cron(0 6 0 * ? *)", DAYS, "0"],
  ["cron(0 6 32W * ? *)", DAYS, "32W"],
  ["cron(0 6 * 13 ? *)", MONTHS, "13"],
  ["cron(0 6 * JANUARY ? *)", MONTHS, "JANUARY"],
  ["cron(0 6 ? * 0 *)", WEEKDAYS, "0"],
  ["cron(0 6 ? * MON#6 *)", WEEKDAYS, "MON#6"],
  ["cron(0 6 ? * 3#1,6#3 *)", WEEKDAYS, "3#1,6#3"],
  ["cron(0 6 * * ? 1969)", YEARS, "1969"],
  ["cron(0 6 * * ? MON)", YEARS, "MON"],
];

describe("the expression of a schedule", () => {
  for (const expression of GOOD) {
    it(`may be ${expression}`, () => assert.deepEqual(badScheduleExpression("at", expression), []));
  }

  for (const [expression, rule, field = ""] of BAD) {
    const received = expression === undefined ? "nothing" : JSON.stringify(expression);
    it(`is not ${received}`, () => {
      assert.deepEqual(badScheduleExpression("at", expression), [
        { propertyPath: "at", reason: `at ${rule}. Received ${received}. ${REMEDIES[rule] ?? correct(field)}` },
      ]);
    });
  }

  it("is corrected in all its fields at once", () => {
    const found = badScheduleExpression("at", "cron(60 24 ? * 8 *)").map(({ reason }) => reason);
    assert.deepEqual(
      found,
      [
        [MINUTES, "60"],
        [HOURS, "24"],
        [WEEKDAYS, "8"],
      ].map(([rule, field]) => `at ${rule}. Received "cron(60 24 ? * 8 *)". ${correct(field!)}`),
    );
  });
});
