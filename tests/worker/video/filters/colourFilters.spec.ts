import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import type { PlanRendition, SourceColour } from "../../../../contract/plan";
import { colourFilters, jpegFilters } from "../../../../worker/video/filters/colourFilters";
import { clipDirectory } from "../../../support/clips";

const [WIDTH, HEIGHT, BLOCK] = [384, 192, 32];
/** Pixels from the edge of a block to which scalers spread its chroma. */
const SPREAD = 8;
const RENDITION: PlanRendition = { name: "r", height: HEIGHT, width: WIDTH, pictureHeight: HEIGHT, preset: "fast" };

type Triple = [number, number, number];
type Matrix = [Triple, Triple, Triple];

/** The shares of red and blue in luma. */
const LUMA: Record<string, [red: number, blue: number]> = {
  bt709: [0.2126, 0.0722],
  smpte170m: [0.299, 0.114],
  bt470bg: [0.299, 0.114],
  bt2020nc: [0.2627, 0.0593],
};

const GAMUTS: Record<string, [red: number[], green: number[], blue: number[]]> = {
  bt709: [
    [0.64, 0.33],
    [0.3, 0.6],
    [0.15, 0.06],
  ],
  smpte170m: [
    [0.63, 0.34],
    [0.31, 0.595],
    [0.155, 0.07],
  ],
  bt470bg: [
    [0.64, 0.33],
    [0.29, 0.6],
    [0.15, 0.06],
  ],
  smpte432: [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
  bt2020: [
    [0.708, 0.292],
    [0.17, 0.797],
    [0.131, 0.046],
  ],
};
const D65 = [0.3127, 0.329];

type Levels = readonly [number, number, number];
const STRONG: Levels = [0.1, 0.5, 0.9];
/** Colours that BT.709 can show, whatever gamut they are in. */
const WEAK: Levels = [0.4, 0.5, 0.6];

/** Blocks with every mixture of three levels of red, green and blue. */
function blocks(levels: Levels): (x: number, y: number) => Triple {
  return (x, y) => {
    const block = Math.floor(y / BLOCK) * (WIDTH / BLOCK) + Math.floor(x / BLOCK);
    return [1, 3, 9].map((digit) => levels[Math.floor(block / digit) % 3] as number) as Triple;
  };
}

function coding(matrix: string, primaries: string): SourceColour {
  return { bitDepth: 8, matrix, primaries, transfer: "bt709", fullRange: false };
}

/** The three planes of a picture before rounding. */
function planesOf({ matrix, bitDepth, fullRange }: SourceColour, colour: (x: number, y: number) => Triple): number[][] {
  const [kr, kb] = LUMA[matrix] as [number, number];
  const unit = 2 ** (bitDepth - 8);
  const [black, luma, chroma] = fullRange ? [0, 256 * unit - 1, 256 * unit - 1] : [16 * unit, 219 * unit, 224 * unit];
  const coded = (x: number, y: number): Triple => {
    const [r, g, b] = colour(x, y);
    const light = kr * r + (1 - kr - kb) * g + kb * b;
    const difference = (one: number, share: number): number =>
      128 * unit + (chroma * (one - light)) / (2 * (1 - share));
    return [black + luma * light, difference(b, kb), difference(r, kr)];
  };
  return [0, 1, 2].map((plane) => {
    const step = plane === 0 ? 1 : 2;
    return Array.from({ length: (WIDTH * HEIGHT) / step ** 2 }, (_, index) => {
      const [x, y] = [index % (WIDTH / step), Math.floor(index / (WIDTH / step))];
      return coded(x * step, y * step)[plane] as number;
    });
  });
}

/** Converts a colour of another gamut to BT.709 in the light of a display with a gamma of 2.2. */
function inBt709(colour: Triple, primaries: string): Triple {
  const power = (value: number, exponent: number): number => Math.sign(value) * Math.abs(value) ** exponent;
  const light = colour.map((value) => power(value, 2.2)) as Triple;
  const seen = times(toXyz(primaries), light);
  return times(inverse(toXyz("bt709")), seen).map((value) => power(value, 1 / 2.2)) as Triple;
}

function toXyz(primaries: string): Matrix {
  const xyz = ([x = 0, y = 1]: readonly number[]): Triple => [x / y, 1, (1 - x - y) / y];
  const columns = (GAMUTS[primaries] as number[][]).map(xyz) as Matrix;
  const rows = [0, 1, 2].map((row) => columns.map((column) => column[row])) as Matrix;
  const shares = times(inverse(rows), xyz(D65));
  return rows.map((row) => row.map((value, index) => value * (shares[index] as number))) as Matrix;
}

function times(matrix: Matrix, [a, b, c]: Triple): Triple {
  return matrix.map(([x, y, z]) => x * a + y * b + z * c) as Triple;
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const adjugate = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return adjugate.map((row) => row.map((value) => value / determinant)) as Matrix;
}

/** Whether a pixel has neighbours of its own colour only, so that no filter changes it. */
function isInside(index: number, step: number): boolean {
  const within = (at: number): boolean => (at % BLOCK) - SPREAD >= 0 && (at % BLOCK) + SPREAD < BLOCK;
  return within(step * (index % (WIDTH / step))) && within(step * Math.floor(index / (WIDTH / step)));
}

describe("every pixel keeps its colour:", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  /** Applies filters to the blocks in the source's coding, and returns the three planes. */
  const made = (source: SourceColour, levels: Levels, filters: readonly string[]): Promise<number[][]> =>
    filtered(source, planesOf(source, blocks(levels)), filters);

  async function filtered(source: SourceColour, planes: number[][], filters: readonly string[]): Promise<number[][]> {
    const { bitDepth, fullRange } = source;
    const values = Uint16Array.from(planes.flat(), Math.round);
    const file = join(path, "picture.raw");
    await writeFile(file, bitDepth > 8 ? values : Uint8Array.from(values));
    const format = bitDepth > 8 ? "yuv420p10le" : fullRange ? "yuvj420p" : "yuv420p";
    const input = ["-f", "rawvideo", "-pix_fmt", format, "-s", `${WIDTH}x${HEIGHT}`, "-i", file];
    // Several threads each have some lines of the picture, which have to fit together.
    const args = ["-v", "error", "-filter_threads", "3", ...input, "-vf", filters.join(","), "-f", "rawvideo", "-"];
    const { stdout } = await promisify(execFile)("ffmpeg", args, { encoding: "buffer" });
    const [luma, chroma] = [WIDTH * HEIGHT, (WIDTH * HEIGHT) / 4];
    return [
      [0, luma],
      [luma, luma + chroma],
      [luma + chroma, luma + 2 * chroma],
    ].map((at) => [...stdout.subarray(...at)]);
  }

  function assertNear(found: readonly number[][], expected: readonly number[][]): void {
    expected.forEach((plane, number) => {
      assert.equal(found[number]?.length, plane.length);
      const whole = plane.map((value) => Math.min(255, Math.max(0, value)));
      const differences = whole.map((value, index) =>
        isInside(index, number === 0 ? 1 : 2) ? Math.abs(value - (found[number]?.[index] ?? NaN)) : 0,
      );
      const most = Math.max(...differences);
      const worst = differences.indexOf(most);
      assert.ok(most <= 2, `plane ${number}: ${found[number]?.[worst]} at ${worst}, expected ${plane[worst]}`);
    });
  }

  for (const [name, source, levels] of [
    ["BT.601", coding("smpte170m", "bt709"), STRONG],
    ["BT.601 in the full range", { ...coding("smpte170m", "bt709"), fullRange: true }, STRONG],
    ["BT.709 in the full range", { ...coding("bt709", "bt709"), fullRange: true }, STRONG],
    ["NTSC", coding("smpte170m", "smpte170m"), STRONG],
    ["PAL", coding("bt470bg", "bt470bg"), STRONG],
    ["Display P3 with 10 bits", { ...coding("bt709", "smpte432"), bitDepth: 10 }, WEAK],
    ["BT.2020 with 10 bits", { ...coding("bt2020nc", "bt2020"), bitDepth: 10 }, WEAK],
  ] as const) {
    const converted = (x: number, y: number): Triple => inBt709(blocks(levels)(x, y), source.primaries);

    it(`${name} in a rendition`, async () => {
      const expected = planesOf(coding("bt709", "bt709"), converted);
      assertNear(await made(source, levels, colourFilters(source, RENDITION)), expected);
    });

    it(`${name} in a JPEG`, async () => {
      const expected = planesOf({ ...coding("smpte170m", "bt709"), fullRange: true }, converted);
      assertNear(await made(source, levels, jpegFilters(source, { width: WIDTH, height: HEIGHT })), expected);
    });
  }

  it("luma is corrected in even steps where chroma changes from line to line", async () => {
    const source = coding("smpte170m", "bt709");
    // One step for two lines, up and down again.
    const chroma = (index: number): number => 48 + 40 * Math.abs((Math.floor(index / (WIDTH / 2)) % 8) - 4);
    const planes = [1, 2, 2].map((step, plane) =>
      Array.from({ length: (WIDTH * HEIGHT) / step ** 2 }, (_, index) => (plane === 2 ? chroma(index) : 128)),
    );
    const [luma = []] = await filtered(source, planes, colourFilters(source, RENDITION));
    const column = Array.from({ length: HEIGHT }, (_, line) => luma[line * WIDTH] as number);
    const steps = column.slice(1).map((value, line) => Math.abs(value - (column[line] as number)));
    assert.ok(Math.max(...steps) <= 6, `the steps are ${[...new Set(steps)].join()}`);
    assert.ok(Math.max(...column) - Math.min(...column) >= 28, "luma is corrected at all");
  });
});
