import { strict as assert } from "node:assert";

import { definePublish } from "../../examples/mediaconvert/publish";
import { everyState, type Json, type StateMachineDefinition } from "../../contract/asl";
import { resourceOf } from "../../contract/serviceCalls";
import { VirtualClock } from "../../runner/clock/clock";
import { refusal } from "../../runner/faults/serviceErrors";
import { EXPRESS_SECONDS } from "../../runner/stateMachine/express";
import { execute } from "../../runner/stateMachine/execution";
import type { TaskHandlers } from "../../runner/stateMachine/task";
import { StoredObjects } from "../../testing/objects";

const FOLDER = "s3://videos-bucket/output/mediaconvert/clip-mp4-1f0c/hls";
const PLAYLIST = `${FOLDER}/master_720p.m3u8`;
const THROTTLED = refusal("s3", "throttle")!;

/** A playlist of segments of six seconds, and the segments. */
function rendition(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `master_720p_${String(index + 1).padStart(5, "0")}.ts`);
  const lines = ["#EXTM3U", ...names.flatMap((name) => ["#EXTINF:6.000000,", name]), "#EXT-X-ENDLIST"];
  return {
    "master_720p.m3u8": `${lines.join("\r\n")}\r\n`,
    ...Object.fromEntries(names.map((name) => [name, "…"])),
  };
}

const MAIN = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmaster_720p.m3u8\n";
const main = { playlist: `${FOLDER}/master.m3u8`, variants: ["master_720p.m3u8", "master_360p.m3u8"] };

describe("the check of an asset in examples/mediaconvert", () => {
  const definition = definePublish() as StateMachineDefinition;
  const entered = new Set<string>();

  async function check(files: Record<string, string>, asset: Json, trouble: (call: number) => boolean = () => false) {
    const clock = new VirtualClock();
    const objects = new StoredObjects(clock);
    for (const [name, content] of Object.entries(files)) objects.put(`${FOLDER}/${name}`, content);
    const calls: string[] = [];
    const handlers: TaskHandlers = Object.fromEntries(
      Object.entries(objects.handlers).map(([resource, handler]) => [
        resource,
        {
          ...handler,
          run: (...args: Parameters<typeof handler.run>) => {
            calls.push(resource.split(":").at(-1)!);
            if (trouble(calls.length)) throw THROTTLED;
            return handler.run(...args);
          },
        },
      ]),
    );
    const { status, error, cause } = await execute(definition, asset, {
      ...{ handlers, clock, random: () => 1 - Number.EPSILON },
      stateMachine: {
        arn: "arn:aws:states:us-east-1:123456789012:stateMachine:publish",
        name: "publish",
        roleArn: "",
        type: "EXPRESS",
      },
      onEvent: (event) => {
        if (event.type === "stateEntered") entered.add(event.visit.state);
      },
    });
    return { status, error, cause, calls, seconds: clock.now() / 1000 };
  }

  it("accepts a rendition whose segments are all there", async () => {
    const { status, calls } = await check(rendition(10), { playlist: PLAYLIST, seconds: 60 });
    assert.deepEqual([status, calls], ["SUCCEEDED", ["getObject", "listObjectsV2"]]);
  });

  it("lists the segments of two hours in pages", async () => {
    const { status, calls } = await check(rendition(1200), { playlist: PLAYLIST, seconds: 7200 });
    assert.deepEqual([status, calls.length], ["SUCCEEDED", 4]);
  });

  it("accepts a main playlist that lists all others", async () => {
    const { status, calls } = await check({ "master.m3u8": `${MAIN}master_360p.m3u8\n` }, main);
    assert.deepEqual([status, calls], ["SUCCEEDED", ["getObject"]]);
  });

  it("accepts sound or pictures that end a little early", async () => {
    const { status } = await check(rendition(10), { playlist: PLAYLIST, seconds: 60.6 });
    assert.equal(status, "SUCCEEDED");
  });

  const text = rendition(2)["master_720p.m3u8"]!;
  const two = { playlist: PLAYLIST, seconds: 12 };
  const withoutOne = Object.fromEntries(Object.entries(rendition(2)).slice(0, -1));
  const PROBLEMS: [what: string, files: Record<string, string>, asset: Json, cause: string][] = [
    ["something else", { "master_720p.m3u8": "<Error/>" }, two, `${PLAYLIST} is no playlist.`],
    [
      "a main playlist that lacks others",
      { "master.m3u8": MAIN },
      main,
      `${FOLDER}/master.m3u8 does not list master_360p.m3u8.`,
    ],
    [
      "a playlist that was cut off",
      { "master_720p.m3u8": text.replace("#EXT-X-ENDLIST", "") },
      two,
      `${PLAYLIST} has no end.`,
    ],
    ["an empty playlist", { "master_720p.m3u8": "#EXTM3U\n#EXT-X-ENDLIST\n" }, two, `${PLAYLIST} lists no segments.`],
    ["a rendition that is too short", rendition(2), { ...two, seconds: 13.5 }, `${PLAYLIST} has 12 of 13.5 seconds.`],
    [
      "a missing segment",
      withoutOne,
      two,
      `${PLAYLIST} lists 2 segments, of which 1 are missing or empty: master_720p_00002.ts.`,
    ],
    [
      "an empty segment",
      { ...rendition(2), "master_720p_00001.ts": "" },
      two,
      `${PLAYLIST} lists 2 segments, of which 1 are missing or empty: master_720p_00001.ts.`,
    ],
    [
      "no segment at all",
      { "master_720p.m3u8": text },
      two,
      `${PLAYLIST} lists 2 segments, of which 2 are missing or empty: master_720p_00001.ts and others.`,
    ],
  ];
  for (const [what, files, asset, wanted] of PROBLEMS) {
    it(`refuses ${what}`, async () => {
      const { status, error, cause } = await check(files, asset);
      assert.deepEqual([status, error, cause], ["FAILED", "AssetUnplayable", wanted]);
    });
  }

  it("tries calls again, and gives up within the time of an Express execution", async () => {
    const again = await check(rendition(2), two, (call) => call % 4 !== 0);
    assert.deepEqual([again.status, again.calls.length], ["SUCCEEDED", 8]);
    const never = await check(rendition(2), two, () => true);
    assert.deepEqual([never.status, never.error, never.cause], ["FAILED", THROTTLED.error, THROTTLED.cause]);
    assert.ok(again.seconds < EXPRESS_SECONDS - 60);
  });

  it("calls nothing but S3, and has entered every state in these tests", () => {
    const states = everyState(definition);
    const called = states.flatMap(({ state }) => (state.Type === "Task" ? [state.Resource] : []));
    assert.deepEqual(called, [resourceOf("aws-sdk:s3:getObject"), resourceOf("aws-sdk:s3:listObjectsV2")]);
    assert.deepEqual(
      states.map(({ name }) => name).filter((name) => !entered.has(name)),
      [],
    );
  });
});
