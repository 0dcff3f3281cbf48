import assert from "node:assert/strict";

import type { Damage } from "../../contract/damage";
import { damageClause, damageReport } from "../../contract/damageReport";

const what = "a picture can't be decoded";
const at = (fromSeconds: number, toSeconds = fromSeconds): Damage => ({ fromSeconds, toSeconds, what });

describe("the report of damage", () => {
  const clauses: [what: string, damage: Damage[], clause: string | undefined][] = [
    ["nothing", [], undefined],
    ["a tenth of a second", [at(123.4, 123.5)], "with 0.1 s damaged at 2:03"],
    ["a picture of 60 a second", [at(0, 1 / 60)], "with 0.02 s damaged at 0:00"],
    ["a picture of 240 a second", [at(0, 1 / 240)], "with 0.01 s damaged at 0:00"],
    ["a moment", [at(5)], "with 0.01 s damaged at 0:05"],
    ["just less than a tenth", [at(1, 1.096)], "with 0.1 s damaged at 0:01"],
    ["whole seconds", [at(2, 4)], "with 2 s damaged at 0:02"],
    ["minutes", [at(3599.9, 3675.2)], "with 75.3 s damaged at 59:59"],
    ["two places", [at(1, 2), at(62, 63)], "with 2 s damaged at 0:01 and 1:02"],
    ["three places", [at(1, 2), at(62, 63), at(3723, 3724)], "with 3 s damaged at 0:01, 1:02 and 1:02:03"],
    [
      "four places",
      [1, 3, 5, 7].map((second) => at(second, second + 1)),
      "with 4 s damaged at 0:01, 0:03 and 2 more places",
    ],
    ["two things at once, which last once", [at(1, 2), at(1.5, 2.5)], "with 1.5 s damaged at 0:01"],
  ];
  for (const [name, damage, clause] of clauses) {
    it(`says it in a clause: ${name}`, () => assert.equal(damageReport(damage).clause, clause));
  }

  it("says it in lines, each with its stretch", () => {
    assert.deepEqual(damageReport([at(1, 1.5), { ...at(59.5, 61.2), what: "sound is missing" }]).lines, [
      "Damaged at 0:01.0 for 0.5 s: a picture can't be decoded.",
      "Damaged at 0:59.5 for 1.7 s: sound is missing.",
    ]);
  });

  it("rounds no time down to the tenth before", () => {
    const times = [0.3, 2.3, 4.6, 59.9, 61.1, 3600.7].map((second) => at(second, second + 1));
    const found = damageReport(times).lines.map((line) => /at ([\d:.]+) for 1 s:/.exec(line)?.[1]);
    assert.deepEqual(found, ["0:00.3", "0:02.3", "0:04.6", "0:59.9", "1:01.1", "1:00:00.7"]);
  });

  it("says nothing of a sound video", () => assert.deepEqual(damageReport([]), { version: 1, lines: [] }));

  it("names fifty stretches, and counts the others", () => {
    const all = Array.from({ length: 60 }, (_, index) => at(2 * index, (2000 * index + 40) / 1000));
    const { damage, moreDamage, damagedSeconds, clause, lines } = damageReport(all);
    assert.deepEqual([damage, moreDamage, damagedSeconds], [all.slice(0, 50), 10, 2.4]);
    assert.equal(clause, "with 2.4 s damaged at 0:00, 0:02 and 58 more places");
    assert.deepEqual([lines.length, lines.at(-1)], [51, "The manifest names 10 more."]);
    assert.equal(damageReport(all.slice(0, 50)).moreDamage, undefined);
  });

  it("counts milliseconds", () => {
    const { damage } = damageReport([at(123.4, 123.4 + 1 / 30)]);
    assert.deepEqual(damage, [at(123.4, 123.433)]);
  });

  it("is small enough for Step Functions, whatever the worker says", () => {
    const all = Array.from({ length: 5000 }, (_, index) => ({
      ...at(index),
      what: "\u{1f469}\u200d\u{1f680}".repeat(500),
    }));
    assert.ok(Buffer.byteLength(JSON.stringify(damageReport(all))) < 100_000);
  });

  it("can be missing, which is no good news", () => {
    assert.equal(damageClause({ damageUnknown: "Access Denied." }), "and whether it is damaged is unknown");
    assert.equal(damageClause({}), undefined);
  });

  it("counts stretches without times among the places", () => {
    const summary = { damagedSeconds: 9, damage: [at(1), at(1.5)], moreDamage: 9 };
    assert.equal(damageClause(summary), "with 9 s damaged at 0:01 and 9 more places");
  });
});
