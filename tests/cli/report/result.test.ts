import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openRunFiles } from "../../../cli/report/files";
import { printResult, summarise } from "../../../cli/report/result";
import type { Run, RunRecord } from "../../../contract/run";

const damage = [{ fromSeconds: 123.4, toSeconds: 123.5, what: "2 pictures can't be decoded" }];

/** A run that took four seconds, with these notices. */
function runWith(...notices: object[]): RunRecord {
  return {
    status: "SUCCEEDED",
    started: "2026-01-01T00:00:00.000Z",
    ended: "2026-01-01T00:00:04.000Z",
    ...{ states: [], jobs: [] },
    notifications: notices.map((notice) => ({ message: JSON.stringify(notice) })),
  } as unknown as RunRecord;
}

describe("the result of a run", () => {
  const asked = { status: "APPROVAL_WANTED", damagedSeconds: 9, damage };
  const outcomes: [what: string, run: Run, line: string][] = [
    ["a success", runWith({ status: "SUCCEEDED" }), "Succeeded after 4.0 s."],
    ["one without notices", runWith(), "Succeeded after 4.0 s."],
    [
      "one that lacks something",
      runWith({ status: "PARTIAL", missing: [{ rendition: "720p" }, { sound: "stream 2" }] }),
      "Succeeded without 720p, stream 2 after 4.0 s.",
    ],
    [
      "one that is damaged",
      runWith({ status: "SUCCEEDED", damagedSeconds: 0.1, damage }),
      "Succeeded, with 0.1 s damaged at 2:03, after 4.0 s.",
    ],
    [
      "one that is damaged and lacks something",
      runWith({ status: "PARTIAL", missing: [{}], damagedSeconds: 0.1, damage }),
      "Succeeded without features, with 0.1 s damaged at 2:03, after 4.0 s.",
    ],
    [
      "one of which nobody knows",
      runWith({ status: "SUCCEEDED", damageUnknown: "Access Denied." }),
      "Succeeded, and whether it is damaged is unknown, after 4.0 s.",
    ],
    [
      "one whose last notice counts, not a request for approval",
      runWith(asked, { status: "PARTIAL", damagedSeconds: 9, damage }, { status: "SUCCEEDED" }, asked),
      "Succeeded after 4.0 s.",
    ],
  ];
  for (const [what, run, line] of outcomes) {
    it(`is a line: ${what}`, () => assert.equal(summarise(run), line));
  }

  it("has the damage for programs", async () => {
    const directory = mkdtempSync(join(tmpdir(), "result-"));
    try {
      const printed: string[] = [];
      const stdout = { write: (text: string) => printed.push(text) } as unknown as NodeJS.WritableStream;
      const files = openRunFiles({ video: "/clip.mp4" }, directory, () => undefined);
      const run = runWith({ status: "SUCCEEDED", damagedSeconds: 0.1, damage, moreDamage: 3 });
      await printResult(run, files, { json: true, quiet: true }, { stdout, stderr: stdout });
      assert.deepEqual(JSON.parse(printed.join("")), {
        ...{ type: "result", status: "SUCCEEDED", files: [] },
        ...{ damagedSeconds: 0.1, damage, moreDamage: 3 },
        record: join(directory, "run.json"),
        report: join(directory, "report.html"),
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
