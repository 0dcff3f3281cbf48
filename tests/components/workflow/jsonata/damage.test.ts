import { block } from "../../../../components/workflow/jsonata/code";
import * as snippets from "../../../../components/workflow/jsonata/damage";
import { damageReport } from "../../../../contract/damageReport";
import type { Json, JsonObject } from "../../../../contract/asl";
import { fails, type Row, testSnippets } from "./table";

const { DAMAGED, DAMAGED_SO_FAR, DAMAGE_LINES, DAMAGE_MEMBERS, givenDamagedShare, REPORTED_DAMAGE, unknownDamage } =
  snippets;

const what = "2 pictures can't be decoded";
const one = damageReport([{ fromSeconds: 123.4, toSeconds: 123.5, what }]) as unknown as JsonObject;
const none = damageReport([]) as unknown as JsonObject;
const Body = JSON.stringify(one);
const clause = "and whether it is damaged is unknown";

/** As a notice has them. */
const MEMBERS = block(
  `{${Object.entries(DAMAGE_MEMBERS)
    .map(([name, code]) => `'${name}': ${code}`)
    .join(", ")}}`,
);
const share = (maxDamagedShare: Json): JsonObject => ({ states: { input: { maxDamagedShare } } });
const unknown = (Error: string, Cause: Json): JsonObject => ({ states: { errorOutput: { Error, Cause } } });

describe("JSONata: damage", () => {
  testSnippets<Omit<typeof snippets, "DAMAGE_MEMBERS">>({
    givenDamagedShare: [
      ["the input's", givenDamagedShare(0.02), share(0.1), "0.1"],
      ["none at all", givenDamagedShare(0.02), share(0), "0"],
      ["everything", givenDamagedShare(0.02), share(1), "1"],
      ["a tiny one, as the worker reads it", givenDamagedShare(0.02), share(2.5e-7), "2.5e-7"],
      ["the pipeline's", givenDamagedShare(0.05), { states: { input: {} } }, "0.05"],
      ["the pipeline's for an event of S3", givenDamagedShare(0), { states: { input: { detail: {} } } }, "0"],
      ["the pipeline's for an input that is no object", givenDamagedShare(0.02), { states: { input: "x" } }, "0.02"],
      ...["0.1", -0.01, 1.01, null, true].map((value): Row => [
        `${JSON.stringify(value)}, which is none`,
        givenDamagedShare(0.02),
        share(value),
        fails("The maxDamagedShare of an execution must be a number from 0 to 1."),
      ]),
    ],
    REPORTED_DAMAGE: [["the report", REPORTED_DAMAGE, { states: { result: { Body } } }, one]],
    unknownDamage: [
      [
        "a report that isn't there",
        unknownDamage(),
        unknown("S3.NoSuchKeyException", "The specified key does not exist."),
        {
          clause,
          lines: [
            "The manifest lists the damage, but its report could not be read: S3.NoSuchKeyException. The specified key does not exist.",
          ],
          damageUnknown: "S3.NoSuchKeyException. The specified key does not exist.",
        },
      ],
      [
        "a call without an answer",
        `${unknownDamage()}.damageUnknown`,
        unknown("States.Timeout", null),
        "States.Timeout.",
      ],
      [
        "endless nonsense",
        `$length(${unknownDamage()}.damageUnknown)`,
        unknown("States.QueryEvaluationError", "x".repeat(5000)),
        500,
      ],
    ],
    DAMAGED: [
      ["a place", DAMAGED, { damage: one }, ", with 0.1 s damaged at 2:03"],
      ["no damage", DAMAGED, { damage: none }, ""],
      ["who knows", DAMAGED, { damage: { clause } }, ", and whether it is damaged is unknown"],
    ],
    DAMAGED_SO_FAR: [
      ["a place", DAMAGED_SO_FAR, { damage: one }, ", with 0.1 s damaged at 2:03,"],
      ["no damage", DAMAGED_SO_FAR, { damage: {} }, ""],
    ],
    DAMAGE_LINES: [["a place", DAMAGE_LINES, { damage: one }, [`Damaged at 2:03.4 for 0.1 s: ${what}.`]]],
  });

  testSnippets({
    DAMAGE_MEMBERS: [
      [
        "a place",
        MEMBERS,
        { damage: one },
        { damagedSeconds: 0.1, damage: [{ fromSeconds: 123.4, toSeconds: 123.5, what }] },
      ],
      ["no damage", MEMBERS, { damage: none }, {}],
      ["who knows", MEMBERS, { damage: { clause, damageUnknown: "E." } }, { damageUnknown: "E." }],
    ],
  });
});
