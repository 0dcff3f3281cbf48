import { readFile, writeFile } from "node:fs/promises";

import { ffmpeg } from "../../support/clips";
import { describeExact } from "./describeExact";
import { fieldPictures, LATER } from "./fieldPictures";
import { encode, gop, INTERLACED, picture, X264 } from "./ingredients";
import { BWDIF, BWDIF_ALL, FIELDS, type Source } from "./sources";

const RAW = [...X264, ...gop(12), "-f", "h264"];
/** So that no picture looks as if it had two fields. */
const SMOOTH = ",gblur=sigma=3";
const progressive = encode(picture({ seconds: 1.2, filter: SMOOTH }), RAW);
const interlaced = encode(picture({ rate: "50", seconds: 1.2, filter: `${SMOOTH}${FIELDS}tff` }), [
  ...RAW,
  ...INTERLACED,
  "-x264opts",
  "tff=1",
]);

/** One after the other in one stream, whose headers are in front of both, or in MP4 and Matroska only the first where they belong. */
function joined(...makes: ((path: string) => Promise<unknown>)[]): Source["make"] {
  return async (path) => {
    const pieces: Buffer[] = [];
    for (const make of makes) {
      await make(`${path}.h264`);
      pieces.push(await readFile(`${path}.h264`));
    }
    await writeFile(`${path}.h264`, Buffer.concat(pieces));
    await ffmpeg("-r", "25", "-i", `${path}.h264`, "-c", "copy", `file:${path}`);
  };
}

const EXTENSION = Buffer.from("000001b5", "hex");

/** The same header for all pictures of MPEG-2, of which the first are marked as progressive. */
async function mpeg2(path: string): Promise<void> {
  const codec = ["-c:v", "mpeg2video", "-q:v", "2", ...gop(12), "-f", "mpeg2video"];
  const fields = picture({ rate: "50", seconds: 1.2, filter: `${SMOOTH}${FIELDS}bff` });
  await encode(picture({ seconds: 1.2, filter: SMOOTH }), codec, INTERLACED)(`${path}.first`);
  await encode(fields, codec, INTERLACED)(`${path}.second`);
  const first = await readFile(`${path}.first`);
  // ISO 13818-2, 6.2.3.1: chroma_420_type and progressive_frame of each picture coding extension.
  for (let at = first.indexOf(EXTENSION); at >= 0; at = first.indexOf(EXTENSION, at + 4)) {
    if (first[at + 4]! >> 4 !== 8) continue;
    first[at + 7] = first[at + 7]! | 1;
    first[at + 8] = first[at + 8]! | 0x80;
  }
  await writeFile(`${path}.m2v`, Buffer.concat([first, await readFile(`${path}.second`)]));
  await ffmpeg("-fflags", "+genpts", "-r", "25", "-i", `${path}.m2v`, "-c", "copy", `file:${path}`);
}

const LATE: Source[] = ["late.ts", "late.mp4", "late.mkv"].map((file) => {
  return { name: `later, in ${file}`, file, make: joined(progressive, interlaced) };
});

const SOURCES: Source[] = [
  ...LATE,
  { name: "in the first half only, in MP4", file: "early.mp4", make: joined(interlaced, progressive) },
  { name: "in the middle only, in Matroska", file: "middle.mkv", make: joined(progressive, interlaced, progressive) },
  { name: "later, under one header of MPEG-2 in Matroska", file: "mpeg2.mkv", make: mpeg2 },
];

/** Every picture shows two moments, but only those of the second half, whose fields are coded one by one, are marked so. */
const SINGLE: Source[] = ["paff.ts", "paff.mp4"].map((file) => {
  return {
    name: `coded one by one later, and unmarked before, under one header of H.264, in ${file}`,
    file,
    make: (path) => fieldPictures(path, [], LATER),
    shown: BWDIF_ALL,
    channels: [2],
  };
});

describeExact(
  "fields are found wherever they begin, and whole pictures stay as they are:",
  [...SOURCES, ...SINGLE].map((source) => ({ channels: [], shown: BWDIF, ...source })),
);
