import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { ProbeStream } from "../../../../worker/source/ffprobe/output";
import { LISTED_ENTRIES, type ListedPacket, parsePacket } from "../../../../worker/source/frames/listedPacket";
import { StreamTimes } from "../../../../worker/source/frames/streamTimes";
import { patchStrays } from "../../../../worker/source/strays/patchStrays";
import { planPatches } from "../../../../worker/source/strays/planPatches";
import { StrayPictures } from "../../../../worker/source/strays/strayPictures";
import { StrayTimes, type Stray } from "../../../../worker/source/strays/strayTimes";
import { clipDirectory, ffprobe, makeClip } from "../../../support/clips";

const distance = (from: number, to: number): number => to - from;
const FORMATS = { ts: "mpegts", flv: "flv", mkv: "matroska,webm" } as const;
type Extension = keyof typeof FORMATS;

describe("packets whose times are far off", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  async function listPackets(file: string): Promise<ListedPacket[]> {
    return (await ffprobe(file, LISTED_ENTRIES)).flatMap((cells) => parsePacket(cells.join()) ?? []);
  }

  async function findStrays(file: string, extension: Extension): Promise<readonly Stray[]> {
    const bases = await ffprobe(file, "stream=time_base");
    const streams = bases.map(([time_base = ""], index): ProbeStream => ({ index, time_base }));
    const times = new StreamTimes({ format: { format_name: FORMATS[extension] }, streams });
    for (const packet of await listPackets(file)) times.add(packet);
    return times.strays;
  }

  async function patched(bytes: Buffer, extension: Extension, strays: readonly Stray[]): Promise<Buffer> {
    const read = (from: number, length: number) => Promise.resolve(bytes.subarray(from, from + length));
    const patches = await planPatches(read, FORMATS[extension], strays);
    const changed = Buffer.from(bytes);
    for (const { at, bytes: patch } of patches ?? []) Buffer.from(patch, "base64").copy(changed, at);
    return changed;
  }

  const CASES: [extension: Extension, kind: "video" | "audio", by: number, isShownOnly: boolean, bframes: number][] = [
    ["ts", "video", 3600, false, 0],
    ["ts", "video", -3600, false, 2],
    ["ts", "video", 3600, true, 2],
    ["ts", "audio", 3600, false, 0],
    ["flv", "video", 3600, false, 0],
    ["flv", "video", 60, true, 2],
    ["flv", "audio", -1.5, false, 0],
    ["mkv", "video", 20, false, 2],
    ["mkv", "audio", 20, false, 0],
  ];
  for (const [extension, kind, by, isShownOnly, bframes] of CASES) {
    const what = `${kind} of ${extension} by ${by} s${isShownOnly ? ", decoded in time" : ""}`;
    it(`get those of their places: ${what}, with ${bframes} B-pictures`, async () => {
      const video = [
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-bf",
        String(bframes),
        "-g",
        "25",
        "-pix_fmt",
        "yuv420p",
      ];
      const file = await makeClip(join(path, `right.${extension}`), { seconds: 4, sound: true, video });
      const right = await readFile(file);
      const packets = (await listPackets(file)).filter((packet) => packet.kind === kind && packet.position > 0);
      const [packet, next] = packets.slice(Math.floor(packets.length / 2)) as [ListedPacket, ListedPacket];
      const moved = { stream: packet.stream, from: packet.position, to: next.position, by, place: 0, isShownOnly };
      const wrong = await patched(right, extension, [moved]);
      assert.ok(!wrong.equals(right));
      const stray = join(path, `stray.${extension}`);
      await writeFile(stray, wrong);
      const found = await findStrays(stray, extension);
      assert.equal(found.length, 1);
      const mended = join(path, `mended.${extension}`);
      await writeFile(mended, await patched(wrong, extension, found));
      assert.deepEqual(await findStrays(mended, extension), []);
      const times = async (one: string): Promise<number[]> =>
        (await listPackets(one)).filter((other) => other.kind === kind).map(({ pts }) => pts);
      const [got, expected] = [await times(mended), await times(file)];
      // Rounded to the next millisecond, or to the tick of the sound before.
      const off = got.map((pts, index) => Math.abs(pts - (expected[index] as number)));
      assert.ok(Math.max(...off) <= (extension === "ts" ? 90 : 2), `off by ${Math.max(...off)}`);
    });
  }

  function timed(times: readonly number[], duration = 0.04): readonly Stray[] {
    const strays = new StrayTimes(distance);
    const packet = { stream: 0, position: 0, size: 1, shown: 0, key: false };
    times.forEach((decoded, index) => strays.add({ ...packet, decoded, duration }, index));
    return strays.found;
  }

  it("are single ones: another recording, a pause and a late one aren't", () => {
    const even = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n * 0.04);
    assert.equal(timed([...even(0, 20), 9, ...even(0.84, 20)]).length, 1);
    assert.deepEqual(timed([...even(0, 20), ...even(9, 20), ...even(0.84, 20)]), []);
    assert.deepEqual(timed([...even(0, 20), 9, ...even(9.04, 20)]), []);
    assert.deepEqual(timed([...even(0, 20), 1.2, ...even(0.84, 20)]), []);
  });

  it("aren't pictures with pauses around them, or those behind a jump", () => {
    const found = (times: readonly number[]): number => {
      const strays = new StrayPictures(distance);
      times.forEach((shown, index) => strays.add({ stream: 0, shown }, index));
      return strays.found.length;
    };
    const even = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n);
    assert.equal(found([...even(0, 40), 500, ...even(41, 40)]), 1);
    assert.equal(found([...even(0, 40), ...even(500, 40)]), 0);
    assert.equal(found([...even(0, 40), 100, ...even(500, 40)]), 0);
    assert.equal(found([...even(0, 40), 60, ...even(41, 40)]), 0);
  });

  it("are refused where a container's timestamps can't be changed", async () => {
    const stray = { stream: 0, from: 0, to: 9, by: -3600, place: 12.04, isShownOnly: true };
    const read = () => Promise.resolve(Buffer.alloc(0));
    const check = (one: Stray) => patchStrays('"a.wmv"', read, { format_name: "asf", start_time: "2" }, [one]);
    await assert.rejects(check(stray), {
      name: "InputError",
      message:
        '"a.wmv" has a picture after 10 seconds whose timestamp is 3,600 seconds too late, while those around it go on; repair its timestamps, or export it again.',
    });
    assert.equal(await check({ ...stray, isShownOnly: false }), undefined);
  });
});
