import assert from "node:assert/strict";
import { join } from "node:path";

import type { Plan } from "../../contract/plan";
import { audio } from "../../worker/commands/audio";
import { features } from "../../worker/commands/features";
import type { Job, Stores } from "../../worker/commands/job";
import { metadata } from "../../worker/commands/metadata";
import { transcode } from "../../worker/commands/transcode";
import { ProgressReport } from "../../worker/ffmpeg/progress";
import { S3Storage } from "../../worker/storage/s3";
import { makeS3Client } from "../../worker/storage/s3Client";
import { makeRangeClient, S3Ranges } from "../../worker/storage/s3Ranges";
import { clipDirectory, makeClip } from "../support/clips";
import { type Asked, type Fault, type S3Source, serveSource } from "../support/s3Source";
import { MemoryStorage } from "../worker/memoryStorage";
import { useLadder } from "../worker/useLadder";
import { LADDER } from "../worker/workerProcess";

const INPUT = "s3://videos/clip.mp4";
const OUTPUT = "s3://videos/out";
const CREDENTIALS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "SECRETKEY", sessionToken: "SESSIONTOKEN" };
/** What only S3 may see, and the addresses that mean nothing to anybody who reads a log. */
const PRIVATE = /AKIAEXAMPLE|SECRETKEY|SESSIONTOKEN|X-Amz-|Signature|127\.0\.0\.1|[?&]x-id=/i;

const COMMANDS = { metadata, features, transcode, audio };
type Command = keyof typeof COMMANDS;

describe("a job whose source S3 doesn't deliver", () => {
  let path: string;
  let remove: () => Promise<void>;
  let s3: S3Source;
  let bytes: number;
  let planned: ReadonlyMap<string, Buffer>;
  let whole: Record<Command, string[]>;
  useLadder(LADDER);

  before(async () => {
    ({ path, remove } = await clipDirectory());
    // Noise, for a file of several windows.
    const clip = await makeClip(join(path, "clip.mp4"), {
      ...{ seconds: 4, sound: true, filter: "noise=alls=100:allf=t", output: ["-movflags", "+faststart"] },
      video: ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "4", "-g", "25", "-pix_fmt", "yuv420p"],
    });
    s3 = await serveSource(clip);
    const { outcome, objects } = await run("metadata", { before: new Map() });
    assert.equal(outcome, "done");
    planned = objects;
    const plan = JSON.parse(String(objects.get(`${OUTPUT}/plan.json`))) as Plan;
    ({ bytes } = plan.source);
    assert.ok(bytes > 3 << 20, `${bytes} bytes`);
    const made = Object.keys(COMMANDS).map(async (command) => {
      const { outcome, objects } = await run(command as Command);
      assert.equal(outcome, "done", command);
      return [command, contents(objects)];
    });
    whole = Object.fromEntries(await Promise.all(made)) as Record<Command, string[]>;
  });
  after(async () => {
    s3.stop();
    await remove();
  });

  /** What a job has made. Some encoders need a few bytes more or less each time; with pictures missing there is no record. */
  function contents(objects: ReadonlyMap<string, Buffer>): string[] {
    return [...objects.keys()].sort();
  }

  /** @param stalls Whether S3 doesn't answer at some time, which only then is noticed soon: a busy machine may be slow to answer. */
  async function run(command: Command, { before = planned, server = s3, stalls = false } = {}) {
    const objects = new Map(before);
    const environment = { AWS_ENDPOINT_URL_S3: server.endpoint, AWS_REGION: "eu-west-1" };
    const limit = stalls ? 2_000 : 30_000;
    const requestHandler = {
      ...{ connectionTimeout: limit, requestTimeout: limit, socketTimeout: limit },
      throwOnRequestTimeout: true,
    };
    const options = { region: "eu-west-1", credentials: CREDENTIALS, maxAttempts: 2 };
    const client = makeS3Client(environment, options);
    const ranges = new S3Ranges(makeRangeClient(environment, { ...options, requestHandler }), 10);
    const stores: Stores = {
      source: new S3Storage(client, ranges),
      target: new MemoryStorage(undefined, undefined, objects),
    };
    const job: Job = { input: INPUT, output: OUTPUT, rendition: "90p", part: 2, index: 1 };
    const lines: string[] = [];
    const report = new ProgressReport((line) => lines.push(line));
    const outcome = await COMMANDS[command](job, stores, report).then(
      () => "done",
      ({ name, message }: Error) => `${name}: ${message}`,
    );
    const shown = [outcome, ...lines, ...[...objects].map(([uri, content]) => uri + content.toString("latin1"))];
    for (const text of shown) assert.doesNotMatch(text, PRIVATE);
    return { outcome, objects };
  }

  const isStall = (fault: Fault): boolean => "connection" in fault && fault.connection === "stalls";
  const half = (): number => Math.floor(bytes / 2);
  const nearEnd = (): number => Math.floor(bytes * 0.995);
  const of = ({ method, start, end }: Asked, position: number): boolean =>
    method === "GET" && start <= position && position < end;

  const DENIED =
    "JobError: Access to s3://videos/clip.mp4 was denied; the job's role needs s3:GetObject there, and s3:ListBucket on videos.";
  const SLOW_DOWN = "JobError: S3 failed at s3://videos/clip.mp4: SlowDown, As the test says.";
  const EXPIRED = "JobError: S3 failed at s3://videos/clip.mp4: ExpiredToken, As the test says.";
  const REPLACED = 'JobError: "clip.mp4" was replaced while it was read; start the pipeline again.';
  const BROKE_OFF =
    /^JobError: S3 closed the connection in the middle of bytes \d+ to \d+ of s3:\/\/videos\/clip\.mp4, 2 times in a row\.$/;

  /** What S3 does with every range that has a certain byte. */
  const faults: [
    name: string,
    position: () => number,
    fault: (position: number) => Fault,
    expected: string | RegExp,
  ][] = [
    ["400", half, () => ({ status: 400, code: "ExpiredToken" }), EXPIRED],
    ["403", half, () => ({ status: 403, code: "AccessDenied" }), DENIED],
    ["403 from the beginning", () => 0, () => ({ status: 403, code: "AccessDenied" }), DENIED],
    [
      "404",
      half,
      () => ({ status: 404, code: "NoSuchKey" }),
      'JobError: "clip.mp4" was removed while it was read; upload it and start the pipeline again.',
    ],
    ["412", half, () => ({ status: 412, code: "PreconditionFailed" }), REPLACED],
    ["503", half, () => ({ status: 503, code: "SlowDown" }), SLOW_DOWN],
    ["a reset", half, () => ({ connection: "reset" }), "JobError: S3 closed the connection at s3://videos/clip.mp4."],
    [
      "no answer",
      half,
      () => ({ connection: "stalls" }),
      "JobError: S3 did not answer in time at s3://videos/clip.mp4.",
    ],
    ["a body that stalls at 50 %", half, (at) => ({ connection: "stalls", at }), BROKE_OFF],
    ["a body that breaks off at 50 %", half, (at) => ({ connection: "reset", at }), BROKE_OFF],
    ["a body that breaks off in the last 1 %", nearEnd, (at) => ({ connection: "reset", at }), BROKE_OFF],
  ];

  // The others read the source in the same way.
  const SOME = ["403", "412", "a body that breaks off at 50 %", "a body that breaks off in the last 1 %"];
  const cases: Record<Command, typeof faults> = {
    metadata: faults,
    // A chunk of pictures may not need what is behind the last of them, and newer ffmpegs end before they read it.
    transcode: faults.filter(([name]) => name !== "a body that breaks off in the last 1 %"),
    features: faults.filter(([name]) => SOME.includes(name)),
    audio: faults.filter(([name]) => SOME.includes(name)),
  };
  for (const command of Object.keys(cases) as Command[]) {
    for (const [name, position, fault, expected] of cases[command]) {
      it(`fails with S3's reason: ${command}, ${name}`, async () => {
        s3.script((asked) => (of(asked, position()) ? fault(position()) : undefined));
        const before = command === "metadata" ? new Map<string, Buffer>() : planned;
        const { outcome, objects } = await run(command, { before, stalls: isStall(fault(position())) });
        if (typeof expected === "string") assert.equal(outcome, expected);
        else assert.match(outcome, expected);
        // Nothing counts as done, and nothing shows it to players.
        const told = [...objects.keys()].filter((uri) => !before.has(uri) && /\.(?:json|m3u8)$/.test(uri));
        assert.deepEqual(told, []);
      });
    }
  }

  const recoveries: [name: string, fault: () => Fault][] = [
    ["503", () => ({ status: 503, code: "SlowDown" })],
    ["a reset", () => ({ connection: "reset" })],
    ["no answer", () => ({ connection: "stalls" })],
    ["a body that stalls", () => ({ connection: "stalls", at: half() })],
    ["a body that breaks off", () => ({ connection: "reset", at: half() })],
  ];
  for (const [name, fault] of recoveries) {
    it(`makes the same when S3 recovers: ${name}`, async () => {
      let failed = false;
      s3.script((asked) => {
        if (failed || !of(asked, half())) return undefined;
        failed = true;
        return fault();
      });
      const { outcome, objects } = await run("transcode", { stalls: isStall(fault()) });
      assert.deepEqual([failed, outcome, contents(objects)], [true, "done", whole.transcode]);
    });
  }

  it("makes the same of bodies that come slowly", async () => {
    const slow = await serveSource(join(path, "clip.mp4"), { latency: 30, speed: 4 << 20 });
    const { outcome, objects } = await run("audio", { server: slow });
    slow.stop();
    assert.deepEqual([outcome, contents(objects)], ["done", whole.audio]);
  });

  it("asks for the object that was planned, and for no checksum of a part", async () => {
    s3.script();
    await run("transcode");
    const ranges = s3.asked.filter(({ method }) => method === "GET").map(({ headers }) => headers);
    assert.ok(ranges.length > 1);
    const { etag } = (JSON.parse(String(planned.get(`${OUTPUT}/plan.json`))) as Plan).source;
    for (const headers of ranges) {
      assert.deepEqual([headers["if-match"], headers["x-amz-checksum-mode"]], [`"${etag}"`, undefined]);
    }
  });

  it("reads a bucket in another region there, after asking once", async () => {
    let sentElsewhere = 0;
    const headers = { "x-amz-bucket-region": "eu-south-2" };
    s3.script(({ method, headers: { authorization = "" } }) => {
      if (authorization.includes("/eu-south-2/s3/")) return undefined;
      if (method === "GET") sentElsewhere += 1;
      // Newer regions don't redirect.
      return method === "GET"
        ? { status: 400, code: "AuthorizationHeaderMalformed", headers }
        : { status: 301, code: "PermanentRedirect", headers };
    });
    const { outcome, objects } = await run("metadata", { before: new Map() });
    assert.deepEqual([outcome, contents(objects)], ["done", contents(planned)]);
    assert.equal(sentElsewhere, 1);
  });
});
