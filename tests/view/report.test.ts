import assert from "node:assert/strict";

import fc from "fast-check";

import { bitrate, bytes, clockTime, duration } from "../../view/text/format";
import { outline } from "../../view/outline/outline";
import { ticks, timelineRows, vcpuSteps } from "../../view/report/intervals";
import { reportPage } from "../../view/report/page";
import type { JsonObject } from "../../contract/asl";
import type { PipelineEvent } from "../../contract/events";
import type { Manifest } from "../../contract/manifest";
import type { Run } from "../../contract/run";
import type { ReportInput } from "../../view/report/report";
import { changesOf, mediaOf, thumbnailsOf } from "../../view/report/report";
import { describeShortage, memoryShortages } from "../../view/text/memory";
import { at, DEFINITION, jobOf, START, Story } from "./machine";

const encode = jobOf("encode", "low");

function retried(): Story {
  return new Story()
    .enter(0, "Encode")
    .submit(0, "Encode", encode)
    .begin(2, encode)
    .end(5, encode, 137, { retried: true, said: "Killed <b>." })
    .begin(6, encode, 2)
    .end(9, encode, 0)
    .add({ type: "executionEnded", time: at(10), status: "SUCCEEDED" });
}

describe("the timeline", () => {
  it("has a bar for each attempt, and the wait before it", () => {
    const [row] = timelineRows(retried().run, START);
    assert.deepEqual(
      row?.bars.map(({ from, to, outcome }) => [from, to, outcome]),
      [
        [2000, 5000, "failed"],
        [6000, 9000, "succeeded"],
      ],
    );
    assert.deepEqual(row?.waits, [
      { from: 0, to: 2000 },
      { from: 5000, to: 6000 },
    ]);
    assert.deepEqual(vcpuSteps([row]), [
      { at: 2000, vcpus: 2 },
      { at: 5000, vcpus: 0 },
      { at: 6000, vcpus: 2 },
      { at: 9000, vcpus: 0 },
    ]);
  });

  it("puts the chunks of an array job in one row without overlaps", () => {
    const times = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 50 })), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(times, (chunks) => {
        const parent = jobOf("encode", "low", { arraySize: chunks.length });
        const story = new Story().enter(0, "Encode").submit(0, "Encode", parent);
        chunks.forEach(([from, length], arrayIndex) => {
          const child = jobOf(`encode-${arrayIndex}`, "low", { parentId: parent.id, arrayIndex });
          story
            .submit(0, "Encode", child)
            .begin(from, child)
            .end(from + length, child, 0);
        });
        story.add({ type: "executionEnded", time: at(200), status: "SUCCEEDED" });
        const rows = timelineRows(story.run, START);
        assert.equal(rows.length, 1);
        const { bars, lanes } = rows[0]!;
        assert.equal(bars.length, chunks.length);
        for (const a of bars) {
          assert.ok(a.lane < lanes);
          for (const b of bars) {
            assert.ok(a === b || a.lane !== b.lane || a.to <= b.from || b.to <= a.from);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("has round times on its axis, and never too many", () => {
    assert.deepEqual(ticks(28_500, 6), [0, 5000, 10_000, 15_000, 20_000, 25_000]);
    fc.assert(fc.property(fc.integer({ min: 1, max: 86_400_000 * 13 }), (whole) => ticks(whole, 6).length <= 15));
  });
});

describe("the report", () => {
  it("needs no network, and escapes its input", async () => {
    const { run } = retried();
    const page = await reportPage(
      {
        run,
        machine: outline(DEFINITION),
        priorities: { low: 1 },
        features: { thumbnails: [], changes: [] },
        links: { log: encodeURI },
      },
      { now: START },
    );
    assert.match(page, /<title>Succeeded: a &lt;clip&gt;\.mp4<\/title>/);
    assert.equal(page.match(/class="attempt /g)?.length, 2);
    assert.match(page, /aria-label="Encode, attempt 1: failed with exit code 137 after 3\.0 s, from 0:02 to 0:05"/);
    assert.match(page, /<td [^>]*>137: Killed &lt;b&gt;\.<\/td><td [^>]*><a href="logs\/encode-1\.log">log<\/a><\/td>/);
    assert.doesNotMatch(page, /(src|href)="(https?:)?\/\//);
    assert.doesNotMatch(page, /<video|<script/);
    assert.doesNotMatch(page, /[Mm]emory/, "none was measured");
  });

  it("says what is damaged: what the manifest says, and without one what the notice does", async () => {
    const what = "a <picture> can't be decoded";
    const damage = [
      { fromSeconds: 123.4, toSeconds: 123.5, what },
      { fromSeconds: 125, toSeconds: 127, what: "sound is missing" },
    ];
    const page = async (notice: object, media?: Manifest): Promise<string> => {
      const notification = { time: at(9), topic: "t", message: JSON.stringify(notice), attributes: {} };
      const { run } = retried().add({ type: "notificationPublished", time: at(9), notification });
      return reportPage(
        {
          ...{ run, machine: outline(DEFINITION), priorities: {}, links: { log: encodeURI } },
          ...{ features: { thumbnails: [], changes: [] }, ...(media ? { media } : {}) },
        },
        { now: START },
      );
    };
    const file = { path: "m", bytes: 1 };
    const source = { durationSeconds: 1, frames: 1, width: 2, height: 2, bytes: 1 } as Manifest["source"];
    const media: Manifest = { version: 1, fingerprint: "f", source, master: file, features: [], renditions: [] };

    const noticed = await page({ status: "SUCCEEDED", damagedSeconds: 0.1, damage: damage.slice(0, 1), moreDamage: 9 });
    assert.ok(noticed.includes("<dt>Damaged</dt><dd><b>0.1 s at 2:03 and 9 more places</b></dd>"));
    assert.ok(noticed.includes("<li>Damaged at 2:03.4 for 0.1 s: a &lt;picture&gt; can&#39;t be decoded.</li>"));
    assert.ok(noticed.includes("<li>The manifest names 9 more.</li>"));
    const known = await page({ status: "SUCCEEDED", damageUnknown: "E." }, { ...media, damage });
    assert.ok(known.includes("<dt>Damaged</dt><dd><b>2.1 s at 2:03 and 2:05</b></dd>"));
    assert.ok(known.includes("<li>Damaged at 2:05.0 for 2 s: sound is missing.</li>"));
    assert.ok(
      (await page({ status: "SUCCEEDED", damageUnknown: "E." })).includes("<dt>Damaged</dt><dd><b>unknown</b>"),
    );
    for (const sound of [await page({ status: "SUCCEEDED" }), await page({ status: "SUCCEEDED" }, media)]) {
      assert.doesNotMatch(sound, /[Dd]amage/);
    }
  });

  it("has the events that were sent, in order", async () => {
    const event = (detailType: string, detail: JsonObject): PipelineEvent => ({
      ...{ type: "eventSent", time: at(9) },
      event: { time: at(9), bus: "arn:bus/media", source: "s", detailType, detail, resources: [] },
    });
    const story = retried()
      .add(event("Video Planned", { input: "a <b>" }))
      .add(event("Video Failed", {}));
    const page = (run: Run): Promise<string> =>
      reportPage(
        {
          ...{ run, machine: outline(DEFINITION), priorities: {}, links: { log: encodeURI } },
          features: { thumbnails: [], changes: [] },
        },
        { now: START },
      );
    const [, list = ""] = /<h2 id="events">Events<\/h2><ul>(.*?)<\/ul>/s.exec(await page(story.run)) ?? [];
    assert.deepEqual(
      [...list.matchAll(/<li><b>(.*?)<\/b> to media at (.*?)<details>/g)].map(([, kind, time]) => [kind, time]),
      [
        ["Video Planned", "2026-01-02T03:04:14.000Z"],
        ["Video Failed", "2026-01-02T03:04:14.000Z"],
      ],
    );
    assert.ok(list.includes("&quot;input&quot;: &quot;a &lt;b&gt;&quot;"));
    assert.doesNotMatch(await page(retried().run), /id="events"/);
  });

  it("names the ffmpeg and the encoder of each track, and before there are any the ffmpeg of the run", async () => {
    const { run } = retried();
    const programs = { ffmpeg: { path: "/usr/bin/ffmpeg", version: "7.1", libavcodec: "61.19.100" } };
    const begun = { ...run, programs: { ...programs, ffprobe: programs.ffmpeg, worker: "1", node: programs.ffmpeg } };
    const encodedBy = { ffmpeg: "5.1.9-0+deb12u1", libavcodec: "59.37.100", encoder: "libx264", library: "164 r3095" };
    const file = { path: "m", bytes: 1 };
    const measures = { durationSeconds: 1, averageBandwidth: 1, peakBandwidth: 1, segments: 1, playlist: file };
    const stream = { name: "a", codec: "c", ...measures };
    const source = { uri: "", bytes: 1, durationSeconds: 1, frames: 1, width: 2, height: 2 } as Manifest["source"];
    const media: Manifest = {
      ...{ version: 1, fingerprint: "f", source, master: file, features: [] },
      renditions: [
        {
          ...stream,
          encodedBy,
          ...{ width: 2, height: 2, frames: 1, bitDepth: 8, range: "SDR", iframes: file, mp4: file },
        },
      ],
      audio: [{ ...stream, label: "Main", channels: 2, encodedBy: { ...encodedBy, ffmpeg: "7.1", encoder: "a<c" } }],
    };
    const page = (more: Partial<ReportInput>): Promise<string> =>
      reportPage(
        {
          ...{ run: begun, machine: outline(DEFINITION), priorities: {}, links: { log: encodeURI } },
          ...{ features: { thumbnails: [], changes: [] }, ...more },
        },
        { now: START },
      );
    assert.match(await page({}), /<dt>ffmpeg<\/dt><dd>7\.1<\/dd>/);
    const made = await page({ media });
    assert.match(made, /<dt>ffmpeg<\/dt><dd>5\.1\.9-0\+deb12u1, 7\.1<\/dd>/);
    for (const encoder of ["libx264 164 r3095", "a&lt;c 164 r3095"]) assert.ok(made.includes(`>${encoder}</td>`));
    assert.doesNotMatch(await page({ run }), /<dt>ffmpeg</);
  });

  it("shows the memory of each attempt, and marks what is more than the job has in AWS", async () => {
    const chunks = jobOf("chunks", "low", { arraySize: 2 });
    const children = [0, 1].map((arrayIndex) =>
      jobOf(`chunks-${arrayIndex}`, "low", { parentId: chunks.id, arrayIndex }),
    );
    const story = new Story().enter(0, "Encode").submit(0, "Encode", chunks);
    const peaks = [2049, 3000];
    for (const [index, child] of children.entries()) {
      const memory = { peakMemoryMiB: peaks[index]!, memoryMiB: 2048 };
      story.submit(0, "Encode", child).begin(1, child).end(2, child, 0, { memory });
    }
    const plain = jobOf("plain", "low");
    story.enter(2, "Pack").submit(2, "Pack", plain).begin(2, plain);
    story.end(3, plain, 0, { memory: { peakMemoryMiB: 1024, memoryMiB: 1024 } });
    const { run } = story.add({ type: "executionEnded", time: at(4), status: "SUCCEEDED" });
    const page = await reportPage(
      {
        ...{ run, machine: outline(DEFINITION), priorities: {}, links: { log: encodeURI } },
        features: { thumbnails: [], changes: [] },
      },
      { now: START },
    );
    assert.match(page, /<dt>Memory<\/dt><dd><b class="above">Encode needed 3,000 MiB of 2,048<\/b><\/dd>/);
    assert.match(page, /<th scope="col">Ran<\/th><th scope="col">Peak memory<\/th>/);
    const cells = [...page.matchAll(/<td [^>]*>([^<]*|<b class="above">[^<]*<\/b>)<\/td><td [^>]*>0<\/td>/g)];
    assert.deepEqual(
      cells.map(([, cell]) => cell),
      [
        '<b class="above">2,049 of 2,048 MiB, too much</b>',
        '<b class="above">3,000 of 2,048 MiB, too much</b>',
        "1,024 of 1,024 MiB",
      ],
    );
    assert.deepEqual(memoryShortages(run).map(describeShortage), [
      "Encode needed 3,000 MiB of memory but has only 2,048 in AWS: raise its memoryMiB.",
    ]);
    assert.deepEqual(memoryShortages(retried().run), []);
  });

  it("shows a failure first, with the end of the log", async () => {
    const story = new Story()
      .enter(0, "Encode")
      .submit(0, "Encode", encode)
      .begin(2, encode)
      .end(5, encode, 2, { said: "It is no video." })
      .exit(5, "Encode", "failed")
      .add({ type: "executionEnded", time: at(6), status: "FAILED", cause: "Encode failed" });
    const page = await reportPage(
      {
        run: story.run,
        machine: outline(DEFINITION),
        priorities: {},
        features: { thumbnails: [], changes: [] },
        links: { log: encodeURI },
      },
      { now: START },
    );
    assert.match(
      page,
      /role="alert"><h2>What went wrong<\/h2><p>It is no video\.<\/p>\n<p>In <b>Encode<\/b>, job <b>encode<\/b>/,
    );
    assert.match(page, /<pre [^>]*>Before that\.\nIt is no video\.<\/pre>/);
  });

  it("ignores a manifest or scenes in another format", () => {
    for (const other of [undefined, null, {}, { renditions: {} }, "text"]) assert.equal(mediaOf(other), undefined);
    assert.deepEqual([{ changes: [{ seconds: 2 }, {}] }, { changes: 3 }, undefined].map(changesOf), [[2], [], []]);
  });

  it("reads thumbnails from WebVTT", () => {
    const cues =
      "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nsprite.jpg#xywh=0,0,160,90\n\n01:02:03.250 --> 01:02:05.000\nsprite.jpg#xywh=160,90,160,90\n";
    assert.deepEqual(thumbnailsOf(cues), [
      { start: 0, end: 1.5, x: 0, y: 0, width: 160, height: 90 },
      { start: 3723.25, end: 3725, x: 160, y: 90, width: 160, height: 90 },
    ]);
  });
});

it("sizes and times are written for people", () => {
  assert.deepEqual([0, 999, 1000, 23_500_860, 999_600].map(bytes), ["0 B", "999 B", "1.0 kB", "23.5 MB", "1.0 MB"]);
  assert.deepEqual([96_000, 5_640_660, 999.7].map(bitrate), ["96.0 kbit/s", "5.6 Mbit/s", "1.0 kbit/s"]);
  assert.deepEqual([400, 12_000, 200_000, 3_720_000].map(duration), ["0.4 s", "12 s", "3 min 20 s", "1 h 2 min"]);
  assert.deepEqual([7_400, 754_000, 3_723_000].map(clockTime), ["0:07", "12:34", "1:02:03"]);
});
