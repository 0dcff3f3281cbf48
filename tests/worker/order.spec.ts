import assert from "node:assert/strict";
import { cp, mkdir, readdir, rm, truncate } from "node:fs/promises";
import { join } from "node:path";

import { damageReport } from "../../contract/damageReport";
import type { Order } from "../../contract/order";
import type { Ladder, Plan } from "../../contract/plan";
import { LADDER_VARIABLE } from "../../contract/plan";
import { audio } from "../../worker/commands/audio";
import { features } from "../../worker/commands/features";
import { metadata } from "../../worker/commands/metadata";
import { packageVideo } from "../../worker/commands/package";
import { pathOf } from "../../worker/ffmpeg/program";
import { remainingSteps } from "../../worker/order/remainingSteps";
import { OwnedOutput } from "../../worker/output/ownedOutput";
import { makeOrder } from "../../worker/plan/makeOrder";
import { stepsOf } from "../../worker/plan/steps";
import { storageFor } from "../../worker/storage/storageFor";
import { clipDirectory, makeClip } from "../support/clips";
import { called } from "../support/otherFfmpeg";
import { useEnvironment } from "../support/useEnvironment";
import { Jobs, LEADERS, RENDITION, SHARED } from "./jobsInProcess";

const ALL = [
  "Extract Features",
  ...["Transcode_108p-1", "Transcode_108p-2"],
  ...["Transcode_68p-1", "Transcode_68p-2"],
  "Transcode_audio",
];

describe("the order that the metadata job writes", () => {
  let path: string;
  let remove: () => Promise<void>;
  let clip: string;
  /** An output with part 1 and the sound, and one with everything but the packaging. */
  let begun: string;
  let encoded: string;
  const use = useEnvironment();
  const ffmpeg = pathOf("ffmpeg");
  const withLadder = (ladder: Ladder = SHARED): void =>
    use({ [LADDER_VARIABLE]: JSON.stringify(ladder), FFMPEG_PATH: ffmpeg });
  beforeEach(() => withLadder());
  before(async () => {
    ({ path, remove } = await clipDirectory());
    clip = await makeClip(join(path, "clip.mp4"), { width: 192, height: 108, seconds: 3, sound: true });
  });
  after(() => remove());

  async function ordered(output: string, program = ffmpeg): Promise<Order> {
    const jobs = new Jobs(clip, output, program, "meta");
    await jobs.run(metadata);
    return jobs.json<Order>("work/orders/meta.json");
  }

  const todo = async (output: string, program?: string): Promise<string[]> => (await ordered(output, program)).todo;

  async function copyOf(output: string, name: string): Promise<string> {
    const copy = join(path, name);
    await cp(output, copy, { recursive: true });
    return copy;
  }

  it("has every step of a new output, the chunks of each part, and which plan it is for", async () => {
    begun = join(path, "begun");
    await mkdir(begun);
    const order = await ordered(begun);
    const { fingerprint } = await new Jobs(clip, begun, ffmpeg).json<Plan>("plan.json");
    assert.deepEqual(order, {
      version: 1,
      plan: { path: "plan.json", fingerprint },
      chunks: [1, 2],
      renditions: 2,
      todo: ALL,
      encodedTogether: { "68p": ["64p"] },
    });
  });

  it("leaves out the parts and the sound that are there", async () => {
    const jobs = new Jobs(clip, begun, ffmpeg);
    await jobs.run(audio);
    await jobs.transcode(LEADERS, 1);
    assert.deepEqual(await todo(begun), ["Extract Features", "Transcode_108p-2", "Transcode_68p-2"]);
    encoded = await copyOf(begun, "encoded");
    const rest = new Jobs(clip, encoded, ffmpeg);
    await rest.run(features);
    await rest.transcode(LEADERS, 2, 1);
    assert.deepEqual(await todo(encoded), ["Transcode_108p-2", "Transcode_68p-2"], "a chunk is missing");
    await rest.transcode(LEADERS, 2, 0);
    assert.deepEqual(await todo(encoded), []);
  });

  it("has a part if any rendition that is encoded with it lacks something", async () => {
    const output = await copyOf(encoded, "lacking");
    const [segment] = (await readdir(join(output, "hls/64p"))).filter((name) => name.endsWith(".m4s"));
    await truncate(join(output, "hls/64p", segment!), 10);
    assert.deepEqual(await todo(output), ["Transcode_68p-1"]);
  });

  it("has features and sound of which a file is missing", async () => {
    const output = await copyOf(encoded, "without");
    await rm(join(output, "features/poster.jpg"));
    await rm(join(output, "hls/audio"), { recursive: true });
    assert.deepEqual(await todo(output), ["Extract Features", "Transcode_audio"]);
  });

  it("has parts that another ffmpeg made, unless it made the whole rendition", async () => {
    const other = await called(path, "99.0");
    assert.deepEqual(await todo(await copyOf(begun, "begun-by-another"), other), ALL.slice(0, -1));
    assert.deepEqual(await todo(await copyOf(encoded, "encoded-by-another"), other), []);
  });

  it("has all steps of jobs with other images, and parts of other architectures unless the rendition is whole", async () => {
    const remaining = async (output: string, vouching: Parameters<typeof remainingSteps>[1]): Promise<string[]> =>
      remainingSteps(await OwnedOutput.open(storageFor("file:///"), `file://${output}`), vouching);
    assert.deepEqual(await remaining(encoded, { otherImages: ["features"] }), ["Extract Features"]);
    assert.deepEqual(await remaining(encoded, { otherImages: ["transcode"] }), ALL.slice(1));
    assert.deepEqual(await remaining(encoded, { otherArchitectures: [1, 2] }), []);
    assert.deepEqual(await remaining(begun, { otherArchitectures: [1] }), ALL.slice(0, -1));
    assert.deepEqual(await remaining(begun, { otherArchitectures: [2] }), [ALL[0], ALL[2], ALL[4]]);
  });

  it("has nothing of a complete output whose records have expired", async () => {
    const output = await copyOf(encoded, "expired");
    await new Jobs(clip, output, ffmpeg).run(packageVideo);
    await rm(join(output, "work"), { recursive: true });
    assert.deepEqual(await todo(output), []);
    await rm(join(output, "mp4/64p.mp4"));
    assert.deepEqual(await todo(output), ALL);
  });

  it("makes playable what it has no jobs for, if those ended before they did", async () => {
    const output = await copyOf(encoded, "unlisted");
    const playlists = ["master.m3u8", "audio/playlist.m3u8", "64p/playlist.m3u8"].map((name) =>
      join(output, "hls", name),
    );
    for (const playlist of playlists) await rm(playlist);
    assert.deepEqual(await todo(output), []);
    const jobs = new Jobs(clip, output, ffmpeg);
    const master = await jobs.text("hls/master.m3u8");
    for (const name of ["108p", "68p", "64p", "audio"]) assert.match(master, new RegExp(`${name}/playlist.m3u8`));
  });

  it("is not written by hand, where nobody reads it", async () => {
    const output = await copyOf(begun, "by-hand");
    await rm(join(output, "work/orders"), { recursive: true });
    await new Jobs(clip, output, ffmpeg).run(metadata);
    assert.ok(!(await readdir(join(output, "work"))).includes("orders"));
  });
});

describe("an order", () => {
  it("has what the container shows to be damaged, for a request for approval", () => {
    const damage = [{ fromSeconds: 1, toSeconds: 2, what: "the file has a hole" }];
    const plan = { fingerprint: "0a1b", renditions: [], parts: [] } as unknown as Plan;
    assert.deepEqual(makeOrder({ ...plan, damage }, []).damage, damageReport(damage));
    assert.ok(!("damage" in makeOrder(plan, [])));
  });

  it("stays far below what a state may return, for a day of fifty renditions in five parts, damaged all over", () => {
    const renditions = Array.from({ length: 50 }, (_, index) => ({
      ...{ ...RENDITION, name: `${"x".repeat(57)}${String(index).padStart(3, "0")}` },
      ...{ width: 160, pictureHeight: 90 },
    }));
    const plan = {
      ...{ fingerprint: "0".repeat(32), renditions, audio: [{}] },
      damage: Array.from({ length: 5000 }, (_, index) => {
        return { fromSeconds: 10 * index, toSeconds: 10 * index + 1, what: "1 picture can't be decoded, ".repeat(9) };
      }),
      parts: Array.from({ length: 5 }, () => ({ chunks: 10_000 })),
    } as unknown as Plan;
    const order = makeOrder(plan, stepsOf(plan));
    assert.equal(order.todo.length, 252);
    // Read Plan gets it as a string in JSON.
    const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(order)));
    assert.ok(bytes < 0.2 * 262_144, String(bytes));
  });
});
