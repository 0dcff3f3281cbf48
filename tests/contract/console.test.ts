import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

import { consoleLog, consoleUrl, consoleView } from "../../contract/console";

const ROOT = path.join(__dirname, "..", "..");

describe("links to the console", () => {
  const PLACES: [partition: string, region: string, console: string][] = [
    ["aws", "eu-west-1", "https://eu-west-1.console.aws.amazon.com"],
    ["aws-cn", "cn-northwest-1", "https://cn-northwest-1.console.amazonaws.cn"],
    ["aws-us-gov", "us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com"],
  ];
  for (const [partition, region, console_] of PLACES) {
    it(`follow the partition ${partition}`, () => {
      const place = { partition, region };
      assert.equal(consoleUrl(place, "s3/buckets/videos"), `${console_}/s3/buckets/videos`);
      assert.equal(consoleView(place, "batch", "jobs"), `${console_}/batch/home?region=${region}#jobs`);
      const logs = `${console_}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/$252Fjobs`;
      assert.equal(consoleLog(place, "/jobs"), logs);
      assert.equal(consoleLog(place, "/jobs", "encode/1"), `${logs}/log-events/encode$252F1`);
    });
  }

  it("are made in one place", () => {
    const rooms = ["contract", "components", "runner", "view", "aws", "cli", "testing", "stacks", "worker"];
    const files = rooms.flatMap((room) =>
      readdirSync(path.join(ROOT, room), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => path.join(room, file)),
    );
    assert.ok(files.length > 300, String(files.length));
    const others = files.filter((file) => /console\.(aws\.|amazonaws|\$\{)/.test(read(file)));
    assert.deepEqual(others, [path.join("contract", "console.ts")]);
  });
});

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}
