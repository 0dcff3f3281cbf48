import assert from "node:assert/strict";

import { readDeployment } from "../../../runner/synthesis/deployment";
import { ARGS, rehearse, synthesised } from "./rehearsal";

const SECONDS = 600;

/** Retries wait as long as they may. */
const longest = { random: () => 0.999_999 };

describe("an execution whose time is nearly up", () => {
  const cases: [string, string[], RegExp][] = [
    ["a step has no time left", [], /^[\w-]+( \w+)? did not end within 1 seconds/],
    [
      "every service is in trouble, as long as it is retried",
      [
        "Read Plan:kind=throttle,attempt=1-4",
        ...["Extract Features", "Transcode_720p-1", "Transcode_480p-1", "Transcode_audio"].map(
          (step) => `${step}:kind=unavailable`,
        ),
        "Notify Failure:kind=throttle,attempt=1-5",
      ],
      / failed: Batch\.ServerException\. Internal server error/,
    ],
  ];
  for (const [what, fail, cause] of cases) {
    for (const approval of [undefined, { timeoutSeconds: 60 }]) {
      it(`ends with a notice when ${what}${approval ? ", and somebody is asked" : ""}`, async () => {
        const synthesis = await synthesised({
          ...ARGS,
          workflow: { timeoutSeconds: SECONDS },
          ...(approval ? { approval } : {}),
        });
        const { record, notices, hasManifest } = await rehearse(synthesis, fail, {
          ...longest,
          secondsOf: ({ command }) => (command[1] === "metadata" ? SECONDS - 1 : 10),
        });
        assert.deepEqual([record.status, notices.length, hasManifest], ["FAILED", 1, false], record.cause);
        assert.match(String(notices[0]?.["cause"]), cause);
        const took = (Date.parse(record.ended!) - Date.parse(record.started)) / 1000;
        const { TimeoutSeconds = 0 } = readDeployment(synthesis).stateMachine.definition as { TimeoutSeconds?: number };
        assert.ok(took >= SECONDS && took < TimeoutSeconds, `${took} of ${TimeoutSeconds}`);
      });
    }
  }

  it("ends with a notice too if the answer came in the last moment", async () => {
    const synthesis = await synthesised({
      ...ARGS,
      workflow: { timeoutSeconds: SECONDS },
      approval: { timeoutSeconds: 60, defaultAnswer: "approve" },
    });
    const fail = ["Ask for Approval:kind=throttle,attempt=1-5", "Package Video:kind=throttle"];
    const { record, notices } = await rehearse(synthesis, [...fail, "Notify Failure:kind=unavailable,attempt=1-5"], {
      ...longest,
      secondsOf: ({ command }) => (command[1] === "metadata" ? SECONDS - 45 : 2),
    });
    assert.deepEqual([record.status, notices.at(-1)?.["step"]], ["FAILED", "Package Video"], record.cause);
  });
});
