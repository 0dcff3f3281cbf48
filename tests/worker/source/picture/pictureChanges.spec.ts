import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { PictureShape, PlanSource } from "../../../../contract/plan";
import { changingShape } from "../../../../worker/video/filters/size";
import { selectVideoStream } from "../../../../worker/source/videoStream";
import { withPrevailingSize } from "../../../../worker/source/picture/prevailingSize";
import { findPictureChanges, type PictureChanges } from "../../../../worker/source/picture/pictureChanges";
import { probe } from "../../../../worker/source/probe";
import { withSource } from "../../../../worker/source/loopback/source";
import { storageFor } from "../../../../worker/storage/storageFor";
import { clipDirectory, type ClipOptions, ffprobe, makeClip } from "../../../support/clips";

const ENCODERS = {
  "H.264": ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
  "HEVC": ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params", "log-level=none"],
  "MPEG-2": ["-c:v", "mpeg2video", "-bf", "2"],
};
const [WIDE, NARROW] = ["setsar=64/45", "setsar=16/15"];
const TICKS = 90_000;
const [WHOLE, FIELDED] = [0, 1].map((interlaced_frame) => ({ stream_index: 0, interlaced_frame }));

describe("findPictureChanges", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  /** A transport stream with one second of each pixel aspect ratio. */
  async function broadcast(name: string, video: readonly string[], filters: readonly string[]): Promise<string> {
    return concatenated(name, filters, (filter) => ({ filter, video }));
  }

  /** A transport stream of clips that last a second each. */
  async function concatenated<Piece>(
    name: string,
    all: readonly Piece[],
    optionsOf: (piece: Piece) => ClipOptions & { video: readonly string[] },
  ): Promise<string> {
    const pieces: Buffer[] = [];
    for (const [index, one] of all.entries()) {
      const output = ["-g", "10", "-output_ts_offset", String(index), "-f", "mpegts"];
      const piece = join(path, `${name}.${index}.ts`);
      await makeClip(piece, { width: 80, height: 64, seconds: 1, output, ...optionsOf(one) });
      pieces.push(await readFile(piece));
    }
    await writeFile(join(path, name), Buffer.concat(pieces));
    return join(path, name);
  }

  async function shapesIn(file: string): Promise<PictureShape[] | undefined> {
    return (await changesIn(file)).shapes;
  }

  async function changesIn(file: string): Promise<PictureChanges> {
    const uri = `file://${file}`;
    const storage = storageFor(uri);
    return withSource(storage, uri, (await storage.stat(uri))!, async (input) => {
      const probed = await probe(input, "the clip", await input.read(0, 4096));
      return findPictureChanges(input, probed, selectVideoStream("the clip", probed), "the clip");
    });
  }

  for (const [codec, video] of Object.entries(ENCODERS)) {
    it(`finds changes in ${codec}, with the keyframes at which they begin`, async () => {
      const file = await broadcast(`${codec}.ts`, video, [NARROW, WIDE, NARROW]);
      const shapes = (await shapesIn(file)) ?? [];
      assert.deepEqual(
        shapes.map(({ pixel }) => pixel.join(":")),
        ["16:15", "64:45", "16:15"],
      );
      const packets = await ffprobe(file, "packet=pts,flags", "-select_streams", "v");
      const keyframes = packets.flatMap(([pts, flags = ""]) => (flags.startsWith("K") ? [Number(pts)] : []));
      for (const [index, { from }] of shapes.entries()) {
        assert.ok(keyframes.includes(from), `a keyframe at ${from}`);
        // ffmpeg's transport streams begin at 1.4 s, and a little later where pictures are reordered.
        assert.ok(Math.abs(from / TICKS - 1.4 - index) < 0.1, `${from} of shape ${index}`);
      }
    });
  }

  it("finds none where the ratio never changes or the container states it", async () => {
    assert.equal(await shapesIn(await broadcast("same.ts", ENCODERS["H.264"], [WIDE, WIDE])), undefined);
    const mp4 = await makeClip(join(path, "clip.mp4"), { width: 80, height: 64, seconds: 1, filter: WIDE });
    assert.equal(await shapesIn(mp4), undefined);
  });

  const FIELDS = ["-flags", "+ildct+ilme"];
  const interlacing: [codec: string, video: readonly string[], interlaced: readonly string[]][] = [
    ["H.264", ENCODERS["H.264"], [...ENCODERS["H.264"], "-flags", "+ildct+ilme", "-x264opts", "tff=1"]],
    ["MPEG-2", ENCODERS["MPEG-2"], [...ENCODERS["MPEG-2"], ...FIELDS]],
  ];
  for (const [codec, video, interlaced] of interlacing) {
    it(`finds pictures with two fields behind others: ${codec}`, async () => {
      const pieces = [await broadcast("a.ts", video, [WIDE]), await broadcast("b.ts", interlaced, [WIDE])];
      const file = join(path, `late-${codec}.ts`);
      await writeFile(file, Buffer.concat(await Promise.all(pieces.map((piece) => readFile(piece)))));
      assert.deepEqual((await changesIn(file)).marks, [WHOLE, FIELDED]);
      assert.equal((await changesIn(file)).shapes, undefined);
      assert.deepEqual((await changesIn(pieces[0]!)).marks ?? [WHOLE], [WHOLE]);
    });
  }

  it("finds the sizes of pictures, and takes the one of most of the video", async () => {
    const video = ENCODERS["H.264"];
    const file = await concatenated("grown.ts", [48, 64, 64], (height) => ({ height, video }));
    const { sizes = [] } = await changesIn(file);
    assert.deepEqual(
      sizes.map(({ width, height, pixel }) => [width, height, pixel]),
      [
        [80, 48, [1, 1]],
        [80, 64, [1, 1]],
      ],
    );
    const stated = { index: 0, time_base: "1/90000", width: 80, height: 48 };
    const { height, sample_aspect_ratio } = withPrevailingSize(stated, sizes, (sizes[0]?.from ?? 0) + 3 * TICKS);
    assert.deepEqual([height, sample_aspect_ratio], [64, "1:1"]);
  });

  for (const [what, marks, member] of [
    ["matrix", "colormatrix=smpte170m", { matrix: "smpte170m" }],
    ["range", "colormatrix=bt709:fullrange=on", { fullRange: true }],
  ] as const) {
    it(`finds colours whose ${what} changes`, async () => {
      const video = ENCODERS["H.264"];
      const codings = ["colormatrix=bt709", marks];
      const file = await concatenated(`${what}.ts`, codings, (coded) => ({ video: [...video, "-x264-params", coded] }));
      const usual = { bitDepth: 8, matrix: "bt709", primaries: "bt709", transfer: "bt709", fullRange: false };
      const { colours = [] } = await changesIn(file);
      assert.deepEqual(
        colours.map(({ colour }) => colour),
        [undefined, { ...usual, ...member }],
      );
      assert.ok(Math.abs(colours[1]!.from - colours[0]!.from - TICKS) < 10, colours.map(({ from }) => from).join());
    });
  }

  it("refuses colours whose curve changes", async () => {
    const video = ENCODERS["H.264"];
    const codings = ["colormatrix=bt709", "colormatrix=bt709:transfer=smpte2084"];
    const file = await concatenated("curve.ts", codings, (coded) => ({ video: [...video, "-x264-params", coded] }));
    await assert.rejects(changesIn(file), {
      name: "InputError",
      message:
        "the clip changes the coding of its colours after 1.0 seconds, from bt709 to bt709, smpte2084, and HDR has to be coded alike from beginning to end; cut it there, or encode it with one coding first.",
    });
  });

  it("accepts colours that are marked in two ways that mean the same", async () => {
    const video = ENCODERS["H.264"];
    // A small picture without a mark counts as coded by BT.601.
    const codings = ["keyint=10", "colormatrix=bt470bg", "colormatrix=smpte170m"];
    const file = await concatenated("alike.ts", codings, (coded) => ({ video: [...video, "-x264-params", coded] }));
    assert.equal((await changesIn(file)).colours, undefined);
  });

  it("refuses HEVC of which some pictures are single fields and others whole", async () => {
    const [hevc, last] = [ENCODERS.HEVC, "log-level=none"];
    const fields = [...hevc.slice(0, -1), `${last}:interlace=tff`];
    const pieces = [
      await broadcast("whole.ts", hevc, [WIDE]),
      await broadcast("fields.ts", fields, ["separatefields"]),
    ];
    const file = join(path, "mixed.ts");
    await writeFile(file, Buffer.concat(await Promise.all(pieces.map((piece) => readFile(piece)))));
    await assert.rejects(changesIn(file), {
      name: "InputError",
      message:
        "the clip is HEVC in which some pictures are single fields and others are whole frames, and these can't be joined into one video; encode it as H.264 or ProRes, or deinterlace it first.",
    });
    assert.deepEqual(await changesIn(pieces[1]!), {});
  });

  it("gives filters an expression of the time that selects the ratio", () => {
    const shapes: PictureShape[] = [
      { from: 90_000, pixel: [16, 15] },
      { from: 180_000, pixel: [64, 45] },
      { from: 270_000, pixel: [1, 1] },
    ];
    const source = { timeBase: [1, 90_000], shapes } as unknown as PlanSource;
    assert.equal(changingShape(source), "(a*if(lt(t,1.999994),16/15,if(lt(t,2.999994),64/45,1/1)))");
    assert.equal(changingShape(source, 1), "(a*if(lt(t,0.999994),16/15,if(lt(t,1.999994),64/45,1/1)))");
    assert.equal(changingShape(source, 1, "a/2"), "(a/2*if(lt(t,0.999994),16/15,if(lt(t,1.999994),64/45,1/1)))");
    assert.equal(changingShape({ timeBase: [1, 90_000] } as unknown as PlanSource), undefined);
  });
});
