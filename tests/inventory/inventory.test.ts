import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import { bundleWorker } from "../support/pipeline";
import { changelog, identities, programs, recorded, recordOf, unacknowledged } from "./inventory";

describe("resources that somebody may have deployed", () => {
  before(() => bundleWorker());

  for (const program of programs()) {
    it(`are still those of ${program.name}`, async () => {
      const before = recorded(program);
      assert.ok(before, `${program.name} has no record yet. Make it with: npm run inventory`);
      const now = await identities(program);
      const lost = before.filter((identity) => !now.includes(identity));
      assert.deepEqual(
        unacknowledged(lost, changelog()),
        [],
        "A deployment would delete or replace these. Keep their names, or name them in the changelog's unreleased section.",
      );
      assert.deepEqual(now, before, "The record is stale. Write it anew with: npm run inventory");
    });
  }

  it("have a record for every program, and no other", () => {
    const files = fs.readdirSync(path.join(__dirname, "recorded")).sort();
    assert.deepEqual(
      files,
      programs()
        .map((program) => path.basename(recordOf(program)))
        .sort(),
    );
  });
});

describe("the changelog's acknowledgement", () => {
  const lost = [
    "urn:pulumi:dev::p::a:b:C$aws:sns/topic:Topic::videos-topic name=x",
    "urn:pulumi:dev::p::aws:x:Y::videos-role",
  ];
  const text = (section: string): string =>
    `# Changelog\n\n## 2.0.0 – unreleased\n${section}\n## 1.0.0\n- \`videos-role\`\n`;

  it("is the resource's name in backquotes, in the section of what is not released yet", () => {
    assert.deepEqual(unacknowledged(lost, text("- `videos-topic` is replaced")), [lost[1]]);
    assert.deepEqual(unacknowledged(lost, text("- `videos-topic` and `videos-role` are replaced")), []);
  });

  it("is not a name in the section of a release, in a longer name, or without backquotes", () => {
    assert.deepEqual(unacknowledged(lost, text("- videos-topic and `videos-topic-2`")), lost);
    assert.deepEqual(unacknowledged(lost, "# Changelog\n\n## 1.0.0\n- `videos-topic` `videos-role`\n"), lost);
  });

  it("is found in a section at the end of the file", () => {
    assert.deepEqual(unacknowledged(lost, "## Unreleased\n- `videos-topic`, `videos-role`"), []);
  });
});
