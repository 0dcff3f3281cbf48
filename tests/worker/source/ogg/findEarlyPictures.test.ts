import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { delayed } from "../../../../worker/source/frames/delayed";
import { LISTED_ENTRIES, type ListedPacket, parsePacket } from "../../../../worker/source/frames/listedPacket";
import { findEarlyPictures } from "../../../../worker/source/ogg/findEarlyPictures";
import { PageJumps } from "../../../../worker/source/ogg/pageJumps";
import { clipDirectory, ffprobe } from "../../../support/clips";
import { needing } from "../../../support/ffmpegNeeds";
import { encode, gop, picture, sound } from "../../exactness/ingredients";
import { withoutPages } from "../../exactness/oggPages";

const PICTURES = 50;

needing("ffmpeg encoder libtheora").describe("pictures behind a missing page of Theora in Ogg", () => {
  let path: string;
  let remove: () => Promise<void>;
  let whole: ListedPacket[];
  before(async () => {
    ({ path, remove } = await clipDirectory());
    // Five pictures a page, but a keyframe has one of its own.
    const codec = ["-c:v", "libtheora", "-q:v", "6", "-c:a", "libvorbis", "-page_duration", "200000"];
    await encode(picture({ rate: "25", seconds: 2 }), sound(2), gop(25), codec)(join(path, "whole.ogv"));
    whole = await list("whole.ogv");
    assert.equal(whole.length, PICTURES);
  });
  after(() => remove());

  async function list(file: string): Promise<ListedPacket[]> {
    const lines = await ffprobe(join(path, file), LISTED_ENTRIES, "-select_streams", "v:0");
    return lines.flatMap((cells) => parsePacket(cells.join()) ?? []);
  }

  /** The times that pictures get, and those that they have in the whole file, which their sizes tell. */
  async function compare(
    file: string,
    original = whole,
  ): Promise<{ early: number; found: number[]; right: number[]; listed: number[] }> {
    const packets = await list(file);
    const jumps = new PageJumps();
    for (const packet of packets) jumps.add(packet);
    const bytes = await readFile(join(path, file));
    const read = (start: number, length: number): Promise<Buffer> =>
      Promise.resolve(bytes.subarray(start, start + length));
    const found = await findEarlyPictures(read, jumps.finish(PICTURES));
    const early = found.map(({ picture }) => picture);
    let at = 0;
    const right = packets.map(({ size }) => {
      at = original.findIndex((packet, index) => index >= at && packet.size === size) + 1;
      return original[at - 1]!.pts;
    });
    const times = packets.map((packet) => delayed(packet, early).pts);
    return { early: early.length, found: times, right, listed: packets.map(({ pts }) => pts) };
  }

  const CASES: [what: string, numbers: number[], how: "cut" | "broken", early: number][] = [
    ["one before some pictures", [4], "cut", 1],
    ["one whose checksum is wrong", [4], "broken", 1],
    ["one before a keyframe", [7], "cut", 1],
    ["a keyframe's", [8], "cut", 1],
    ["two, with one between them", [4, 6], "cut", 2],
    ["two next to each other", [9, 10], "cut", 1],
    ["the one before the last", [12], "cut", 4],
  ];
  for (const [what, numbers, how, count] of CASES) {
    it(`get their right times: ${what}`, async () => {
      await withoutPages(join(path, "whole.ogv"), join(path, "lacking.ogv"), numbers, how);
      const { early, found, right, listed } = await compare("lacking.ogv");
      assert.notDeepEqual(listed, right);
      assert.deepEqual(found, right);
      assert.equal(early, count);
    });
  }

  it("get their right times where copying has left out pictures that repeat others", async () => {
    const still = ",lutyuv=u=128:v=128,loop=loop=4:size=1:start=7,setpts=N/25/TB,trim=end_frame=50";
    const codec = ["-c:v", "libtheora", "-q:v", "6", "-g", "3", "-an"];
    await encode(picture({ rate: "25", seconds: 2, filter: still }), codec)(join(path, "still.ogv"));
    await encode(["-i", join(path, "still.ogv"), "-c", "copy"])(join(path, "copied.ogv"));
    const { early, found, right, listed } = await compare("copied.ogv", await list("still.ogv"));
    assert.deepEqual(found, right);
    // Newer versions copy all pictures.
    assert.equal(early > 0, !isDeepStrictEqual(listed, right));
  });

  it("are left alone if no page is missing", async () => {
    const { early, found, right } = await compare("whole.ogv");
    assert.deepEqual(found, right);
    assert.equal(early, 0);
  });
});
