import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { VirtualClock } from "../../../runner/clock/clock";
import { describeJob, type MediaConvertJob, type MediaConvertOutcome } from "../../../runner/mediaConvert/job";
import { PreparedLadder } from "../../../runner/mediaConvert/ladder";
import { MediaConvertService } from "../../../runner/mediaConvert/service";
import type { JobRequest } from "../../../runner/mediaConvert/settings";
import { fakeLadder, fileGroup, hlsGroup, jobRequest, mp4Output, ROLE, videoOutput } from "./support";

const START = Date.UTC(2026, 10, 29);
const PLACE = "arn:aws:mediaconvert:us-east-1:123456789012";

describe("a job of MediaConvert's stand-in", () => {
  let ladder: ReturnType<typeof fakeLadder>;
  before(() => (ladder = fakeLadder()));
  after(() => ladder.remove());

  function local() {
    const clock = new VirtualClock(START);
    const written = new Map<string, string>();
    const ended: MediaConvertJob[] = [];
    const service = new MediaConvertService({
      ...{ clock, ladder: new PreparedLadder(ladder.folder), onEnded: (job) => ended.push(job) },
      put: (uri, content) => written.set(uri, content.toString()),
    });
    const create = (request: JobRequest, outcome?: MediaConvertOutcome) => service.create(request, PLACE, outcome);
    return { clock, service, written, ended, create };
  }

  it("waits in its queue, works, and writes the playlists and segments of an HLS group", async () => {
    const { clock, service, written, ended, create } = local();
    const job = create(jobRequest());
    assert.deepEqual([job.status, job.assets, written.size], ["SUBMITTED", [], 0]);
    await clock.sleep(5001);
    assert.deepEqual([job.status, job.started, job.assets], ["PROGRESSING", START + 5000, []]);
    await service.whenEnded(job);
    assert.deepEqual([job.status, job.ended, ended], ["COMPLETE", START + 65_000, [job]]);
    assert.deepEqual(job.assets, [
      ...["s3://videos/out/master_720p_00001.ts", "s3://videos/out/master_720p_00002.ts"],
      ...["s3://videos/out/master_720p.m3u8"],
      ...["s3://videos/out/master_360p_00001.ts", "s3://videos/out/master_360p_00002.ts"],
      ...["s3://videos/out/master_360p.m3u8", "s3://videos/out/master.m3u8"],
    ]);
    assert.deepEqual([...written.keys()], job.assets);
    assert.equal(written.get("s3://videos/out/master_720p_00002.ts"), "720 1");
    assert.equal(
      written.get("s3://videos/out/master_360p.m3u8"),
      "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6.000,\nmaster_360p_00001.ts\n#EXTINF:3.000,\nmaster_360p_00002.ts\n#EXT-X-ENDLIST\n",
    );
    assert.equal(
      written.get("s3://videos/out/master.m3u8"),
      [
        ...["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-INDEPENDENT-SEGMENTS"],
        ...["#EXT-X-STREAM-INF:BANDWIDTH=9,RESOLUTION=1280x720", "master_720p.m3u8"],
        ...["#EXT-X-STREAM-INF:BANDWIDTH=9,RESOLUTION=640x360", "master_360p.m3u8", ""],
      ].join("\n"),
    );
  });

  it("names files after the input if the destination is a folder, and takes the closest height", async () => {
    const { service, written, create } = local();
    const job = create(
      jobRequest([
        fileGroup([mp4Output("tall", 1280), mp4Output("small", 300, { Extension: "m4v" })], "s3://videos/mp4/"),
        hlsGroup([videoOutput("x", 540, { OutputSettings: { HlsSettings: { SegmentModifier: "-part" } } })], {
          Destination: "s3://videos/hls/",
        }),
      ]),
    );
    await service.whenEnded(job);
    assert.deepEqual(
      [...written],
      [
        ["s3://videos/mp4/a.b_tall.mp4", "720 whole"],
        ["s3://videos/mp4/a.b_small.m4v", "360 whole"],
        ["s3://videos/hls/a.b_x-part_00001.ts", "360 0"],
        ["s3://videos/hls/a.b_x-part_00002.ts", "360 1"],
        ["s3://videos/hls/a.b_x.m3u8", written.get("s3://videos/hls/a.b_x.m3u8")],
        ["s3://videos/hls/a.b.m3u8", written.get("s3://videos/hls/a.b.m3u8")],
      ],
    );
  });

  it("is described as GetJob does, without the names of its files", async () => {
    const { service, create } = local();
    const request = jobRequest(undefined, { ClientRequestToken: "t", Queue: "fast", UserMetadata: { a: "1" } });
    const job = create(request);
    await service.whenEnded(job);
    const { Settings, ...rest } = describeJob(job);
    assert.deepEqual(Settings, request.Settings);
    assert.deepEqual(rest, {
      ...{ Id: "1795910400000-000001", Arn: `${PLACE}:jobs/1795910400000-000001`, Status: "COMPLETE" },
      ...{ CreatedAt: START / 1000, Queue: `${PLACE}:queues/fast`, Role: ROLE, Priority: 0 },
      ...{ StatusUpdateInterval: "SECONDS_60", UserMetadata: { a: "1" }, ClientRequestToken: "t" },
      ...{ AccelerationSettings: { Mode: "DISABLED" }, AccelerationStatus: "NOT_APPLICABLE", RetryCount: 0 },
      JobPercentComplete: 100,
      OutputGroupDetails: [
        {
          OutputDetails: [
            { DurationInMs: 9000, VideoDetails: { WidthInPx: 1280, HeightInPx: 720 } },
            { DurationInMs: 9000, VideoDetails: { WidthInPx: 640, HeightInPx: 360 } },
          ],
        },
      ],
      Messages: { Info: [], Warning: [] },
      Timing: { SubmitTime: START / 1000, StartTime: START / 1000 + 5, FinishTime: START / 1000 + 65 },
    });
  });

  const OUTCOMES: [what: string, outcome: MediaConvertOutcome, status: string, seconds: number, assets: number][] = [
    ["takes its time", { queuedSeconds: 3600, seconds: 60 }, "COMPLETE", 3660, 7],
    ["fails", { error: { code: 1010, message: "No file." }, seconds: 10 }, "ERROR", 15, 0],
    ["is canceled by somebody", { canceled: true }, "CANCELED", 65, 0],
    ["leaves out an asset", { omits: (uri) => uri.endsWith("_360p_00002.ts") }, "COMPLETE", 65, 6],
  ];
  for (const [what, outcome, status, seconds, assets] of OUTCOMES) {
    it(`${what}, if that is decided`, async () => {
      const { service, written, create } = local();
      const job = create(jobRequest(), outcome);
      await service.whenEnded(job);
      assert.deepEqual(
        [job.status, (job.ended! - START) / 1000, written.size, job.assets.length],
        [status, seconds, assets, assets],
      );
      const { ErrorCode, ErrorMessage } = describeJob(job);
      assert.deepEqual([ErrorCode, ErrorMessage], [outcome.error?.code, outcome.error?.message]);
    });
  }

  it("can be canceled while it waits and while it works, and not once it has ended", async () => {
    for (const [time, status] of [
      [2, "CANCELED"],
      [30, "CANCELED"],
      [66, "COMPLETE"],
    ] as const) {
      const { clock, service, written, create } = local();
      const job = create(jobRequest());
      await clock.sleep(time * 1000);
      service.cancel(job);
      await service.whenIdle();
      assert.deepEqual([job.status, job.cancelRequested], [status, status === "CANCELED"]);
      assert.equal(written.size > 0, status === "COMPLETE");
    }
  });

  it("continues if cancelling comes too late, which it records", async () => {
    const { clock, service, create } = local();
    const job = create(jobRequest(), { ignoresCancel: true });
    await clock.sleep(30_000);
    service.cancel(job);
    await service.whenIdle();
    assert.deepEqual([job.status, job.cancelRequested, job.ended], ["COMPLETE", true, START + 65_000]);
  });

  it("is the same one for the same token within a minute", async () => {
    const { clock, service, create } = local();
    const request = jobRequest(undefined, { ClientRequestToken: "t" });
    const first = create(request);
    await clock.sleep(59_999);
    assert.equal(create(request), first);
    await clock.sleep(1);
    assert.notEqual(create(request), first);
    assert.notEqual(create(jobRequest()), create(jobRequest()));
    await service.whenIdle();
  });
});

describe("a prepared ladder", () => {
  let ladder: ReturnType<typeof fakeLadder>;
  beforeEach(() => (ladder = fakeLadder()));
  afterEach(() => ladder.remove());

  it("must have a playlist", () => {
    for (const folder of [join(ladder.folder, "none"), tmpdir()]) {
      assert.throws(() => new PreparedLadder(folder), {
        name: "UsageError",
        message: `The ladder's folder must have a playlist such as 720p.m3u8. ${folder} has none.`,
      });
    }
  });

  it("must have what a job takes of it, before there is a job", () => {
    const clock = new VirtualClock();
    const put = (): never => assert.fail("Nothing is written.");
    const service = new MediaConvertService({ clock, put, ladder: new PreparedLadder(ladder.folder) });
    for (const [name, group] of [
      ["720p1.ts", hlsGroup([videoOutput("a", 720)])],
      ["360p.mp4", fileGroup([mp4Output("a", 360)], "s3://videos/a")],
    ] as const) {
      rmSync(join(ladder.folder, name));
      assert.throws(() => service.create(jobRequest([group]), PLACE), {
        name: "UsageError",
        message: `The ladder's folder must have ${name} beside its playlist. ${ladder.folder} has none.`,
      });
    }
  });
});
