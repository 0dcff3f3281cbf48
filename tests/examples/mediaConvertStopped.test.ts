import { strict as assert } from "node:assert";

import type { JsonObject } from "../../contract/asl";
import { ScriptedLauncher } from "../../runner/batch/launchers/scriptedLauncher";
import { VirtualClock } from "../../runner/clock/clock";
import { PreparedLadder } from "../../runner/mediaConvert/ladder";
import { MediaConvertService } from "../../runner/mediaConvert/service";
import type { MediaConvertJob, Synthesis } from "../../testing";
import { StoredObjects } from "../../testing/objects";
import { fakeLadder } from "../runner/mediaConvert/support";
import { synthesiseExample } from "../support/examples";
import { bundleWorker } from "../support/pipeline";
import { LocalAccount } from "./localAccount";

const INPUT = "s3://videos-bucket/uploads/clip.mp4";
const FIND_JOB = `To find it: aws mediaconvert search-jobs --input-file "${INPUT}"`;

describe("examples/mediaconvert, when somebody stops an execution while MediaConvert works", () => {
  let synthesis: Synthesis;
  let ladder: ReturnType<typeof fakeLadder>;
  before(async () => {
    bundleWorker();
    synthesis = await synthesiseExample("mediaconvert");
    ladder = fakeLadder();
  });
  after(() => ladder.remove());

  /** Stops the one execution of a state machine in the middle of the job. */
  async function stopped(stateMachine: string, ignoresCancel = false) {
    const clock = new VirtualClock();
    const objects = new StoredObjects(clock);
    const jobs: MediaConvertJob[] = [];
    const service = new MediaConvertService({
      ...{ clock, ladder: new PreparedLadder(ladder.folder), onEnded: (job) => jobs.push(job) },
      put: (uri, content) => objects.put(uri, content),
    });
    const account = new LocalAccount(synthesis, {
      ...{ clock, handlers: objects.handlers },
      launcher: new ScriptedLauncher(clock, ({ command }) => {
        const output = command[command.indexOf("--output") + 1]!;
        const source = { width: 640, height: 360, durationSeconds: 9, audioStreams: [] };
        objects.put(`${output}/metadata.json`, JSON.stringify({ version: 1, source }));
        return { seconds: 1 };
      }),
      mediaConvert: { service, decide: () => ({ seconds: 3600, ignoresCancel }) },
    });
    const execution = account.start("transcode", { input: INPUT });
    await clock.sleep(1_800_000);
    account.stop(account.executionsOf(stateMachine)[0]!);
    await account.whenIdle();
    await service.whenIdle();
    return { account, jobs, result: await account.whenEnded(execution), inside: account.executionsOf("process")[0]! };
  }

  it("stops the execution inside and cancels the job with the main one, which says nothing more", async () => {
    const { account, jobs, result, inside } = await stopped("transcode");
    assert.deepEqual([result.status, inside.result?.status], ["ABORTED", "ABORTED"]);
    assert.deepEqual(
      jobs.map(({ status, cancelRequested }) => [status, cancelRequested]),
      [["CANCELED", true]],
    );
    assert.deepEqual([account.events, account.notifications], [[], []]);
  });

  for (const ignoresCancel of [false, true]) {
    const outcome = ignoresCancel ? "can't be cancelled" : "is cancelled";
    it(`says with a notice and an event how to find the job of the one inside, which ${outcome}`, async () => {
      const { account, jobs, result, inside } = await stopped("process", ignoresCancel);
      assert.deepEqual([result.status, jobs[0]?.cancelRequested], ["FAILED", true]);
      const { step, error, cause, job } = JSON.parse(account.notifications[0]!.message) as JsonObject;
      assert.deepEqual(
        { step, error, cause, job },
        {
          ...{ step: "Process Video", error: "States.TaskFailed", job: null },
          cause: `Process Video failed: The execution ${inside.arn} ended as ABORTED. If it had created a MediaConvert job, that one may still run. ${FIND_JOB}`,
        },
      );
      const [{ detailType, detail }, ...others] = account.events as [(typeof account.events)[0]];
      assert.deepEqual([detailType, detail["cause"], others], ["Video Failed", cause, []]);
    });
  }
});
