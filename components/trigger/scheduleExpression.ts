import { badForm, type Form } from "../rules/forms";
import { type Problem, problem, when } from "../rules/problem";

const EXPRESSION: Form = {
  pattern: /^(rate|cron|at)\([^()]+\)$/,
  rule: "must be like rate(1 day), cron(0 6 * * ? *) or at(2030-01-01T00:00:00)",
  remedy: "Use one of these forms: EventBridge Scheduler has no others.",
};

/** The rules of EventBridge refuse `1 days` and `5 day`. Scheduler documents no such difference. */
const RATE: Form = {
  pattern: /^rate\([1-9]\d*\s+(minute|hour|day)s?\)$/,
  rule: "must have a whole number of minutes, hours or days in rate(…), at least 1",
  remedy: "Use an expression such as rate(12 hours) or rate(1 day).",
};

/**
 * What EventBridge Scheduler refuses, at the end of a deployment and without saying why.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function badScheduleExpression(path: string, value: unknown): Problem[] {
  const form = badForm(path, value, EXPRESSION);
  if (form.length > 0 || typeof value !== "string") return form;
  if (value.startsWith("rate")) return badForm(path, value, RATE);
  return value.startsWith("cron") ? badCron(path, value) : badTime(path, value);
}

function badTime(path: string, value: string): Problem[] {
  const [, time = ""] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(value) ?? [];
  const date = new Date(`${time}Z`);
  // February 30 would be March 2.
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(time);
  return when(!exists, {
    path,
    rule: "must have a date and a time of day in at(…)",
    received: value,
    remedy: "Use an expression such as at(2030-01-01T00:00:00), and set timezone for another zone than UTC.",
  });
}

/** One of the six fields of a cron expression. */
interface Field {
  rule: string;
  from: number;
  to: number;
  /** What numbers can be written as, the first for `from`. */
  names?: string[];
  /** What is possible beside values, ranges and steps. */
  special?: RegExp;
}

const FIELDS: Field[] = [
  { rule: "minutes from 0 to 59 in the first field", from: 0, to: 59 },
  { rule: "hours from 0 to 23 in the second field", from: 0, to: 23 },
  {
    ...{ rule: "days of the month from 1 to 31, L or W in the third field", from: 1, to: 31 },
    // The last day, so many days before it, the weekday nearest to it or to a day.
    special: /^(L(-([1-9]|[12]\d|30))?|LW|([1-9]|[12]\d|3[01])W)$/i,
  },
  {
    ...{ rule: "months from 1 to 12 or JAN to DEC in the fourth field", from: 1, to: 12 },
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  {
    ...{ rule: "days of the week from 1 to 7 or SUN to SAT, L or # in the fifth field", from: 1, to: 7 },
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    // The last such day of the month, or the first to fifth.
    special: /^(([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)?L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)#[1-5])$/i,
  },
  { rule: "years from 1970 to 2199 in the sixth field", from: 1970, to: 2199 },
];

function badCron(path: string, value: string): Problem[] {
  const fields = value.slice("cron(".length, -1).trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    const rule = "must have six fields in cron(…): minutes, hours, day of the month, month, day of the week, year";
    const remedy = "Use an expression such as cron(0 6 * * ? *), which is every day at 06:00.";
    return [problem({ path, rule, received: value, remedy })];
  }
  if ((fields[2] === "?") === (fields[4] === "?")) {
    const rule = "must have ? as either the day of the month or the day of the week";
    const remedy = "EventBridge Scheduler can't combine the two: put ? in the field that doesn't decide.";
    return [problem({ path, rule, received: value, remedy })];
  }
  return FIELDS.flatMap((field, index) => {
    const text = fields[index]!;
    const isOpen = text === "?" && (index === 2 || index === 4);
    return when(!isOpen && !isField(text, field), {
      path,
      rule: `must have ${field.rule}`,
      received: value,
      remedy: `Correct ${text}: * stands for all, and , - and / make lists, ranges and steps.`,
    });
  });
}

function isField(text: string, field: Field): boolean {
  const entries = text.split(",");
  // Scheduler reads a list with # as two expressions.
  if (text.includes("#") && entries.length > 1) return false;
  return entries.every((entry) => field.special?.test(entry) === true || isRange(entry, field));
}

/** A value, a range or all, with or without a step. Ranges may go round: `FRI-MON`. */
function isRange(entry: string, field: Field): boolean {
  const [range = "", step, ...more] = entry.split("/");
  const ends = range.split("-");
  const isWhole = range === "*" || (ends.length <= 2 && ends.every((end) => isValue(end, field)));
  const isStep = step === undefined || (/^\d+$/.test(step) && Number(step) >= 1 && Number(step) <= field.to);
  return isWhole && isStep && more.length === 0;
}

function isValue(text: string, { from, to, names = [] }: Field): boolean {
  if (names.includes(text.toUpperCase())) return true;
  return /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to;
}
