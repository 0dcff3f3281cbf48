import { readFile, writeFile } from "node:fs/promises";

import { box, boxesIn, fullBox, replaceBox, uint32 } from "../../worker/fmp4/boxes";
import { ffmpeg } from "../support/clips";

/** Makes the bad input `target` from a good clip with sound, its index in front. */
export type Make = (good: string, target: string) => Promise<unknown>;

const cut =
  (from: number, length: (bytes: number) => number): Make =>
  async (good, target) => {
    const bytes = await readFile(good);
    await writeFile(target, bytes.subarray(from, length(bytes.length)));
  };

/** A movie whose data reference names another file instead of itself, as QuickTime allows. */
async function mediaElsewhere(good: string, target: string): Promise<void> {
  const bytes = await readFile(good);
  for (let at = bytes.indexOf("url "); at > 0; at = bytes.indexOf("url ", at + 1)) {
    // The flag that says "in this file" goes; what follows is then a path.
    if (bytes.readUInt32BE(at - 4) === 12) bytes.writeUInt32BE(0, at + 4);
  }
  // In the file itself are zeros, and that is what is found.
  const media = bytes.indexOf("mdat");
  await writeFile(target, bytes.fill(0, media + 4));
}

/** A movie whose sound is in another file, of which a record has the path, as in those of editors. */
async function soundElsewhere(good: string, target: string): Promise<void> {
  const bytes = await readFile(good);
  const location = Buffer.from("file:///media/sound.mov\0");
  const moved = replaceBox(bytes, ["moov", "trak", "mdia", "minf"], ({ bytes: minf, payload }) =>
    boxesIn(payload).some(({ type }) => type === "smhd")
      ? box(
          "minf",
          replaceBox(payload, ["dinf", "dref"], () =>
            fullBox("dref", 0, 0, uint32(1), fullBox("url ", 0, 0, location)),
          ),
        )
      : minf,
  );
  await writeFile(target, moved);
}

/** A photo of a phone, as far as its boxes tell. */
async function photo(_: string, target: string): Promise<void> {
  const handler = fullBox("hdlr", 0, 0, Buffer.alloc(4), Buffer.from("pict"), Buffer.alloc(13));
  const boxes = [box("ftyp", Buffer.from("heic\0\0\0\0mif1heic")), fullBox("meta", 0, 0, handler)];
  await writeFile(target, Buffer.concat([...boxes, box("mdat", Buffer.alloc(500))]));
}

/** An uncompressed picture of billions of pixels, as its header has it. */
async function hugePicture(good: string, target: string): Promise<void> {
  await ffmpeg("-i", good, "-frames:v", "1", "-an", "-c:v", "rawvideo", "-s", "16x16", target);
  const bytes = await readFile(target);
  const at = bytes.indexOf("strf") + 8;
  bytes.writeInt32LE(60_000, at + 4);
  bytes.writeInt32LE(60_000, at + 8);
  await writeFile(target, bytes);
}

/** As players with a key get it. */
const COMMON_ENCRYPTION = [
  ...["-c", "copy", "-encryption_scheme", "cenc-aes-ctr"],
  ...["-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb", "-encryption_kid", "a7e61c373e219033c21091fa607bf3b8"],
];

/** Encrypted by a scheme that ffmpeg does not know. */
async function protectedMovie(good: string, target: string): Promise<void> {
  await ffmpeg("-i", good, ...COMMON_ENCRYPTION, target);
  const bytes = await readFile(target);
  for (let at = bytes.indexOf("sinf"); at > 0; at = bytes.indexOf("sinf", at)) bytes.write("free", at);
  for (let at = bytes.indexOf("schm"); at > 0; at = bytes.indexOf("schm", at)) bytes.write("free", at);
  await writeFile(target, bytes);
}

/** A broadcast for those who have a card: what is in the packets is not what it was, and a bit says so. */
async function scrambled(good: string, target: string): Promise<void> {
  await ffmpeg("-i", good, "-c", "copy", target);
  const bytes = await readFile(target);
  for (let at = 0; at < bytes.length; at += 188) {
    // The tables, which come in packets of other numbers, stay as they are.
    if ((bytes.readUInt16BE(at + 1) & 0x1f00) !== 0x100) continue;
    const fields = (bytes[at + 3] as number) & 0x20 ? 1 + (bytes[at + 4] as number) : 0;
    bytes[at + 3] = (bytes[at + 3] as number) | 0x80;
    for (let byte = at + 4 + fields; byte < at + 188; byte++) bytes[byte] = (bytes[byte] as number) ^ 0x5a;
  }
  await writeFile(target, bytes);
}

/** Moves the last of the good clip's 50 pictures to another second. Matroska counts milliseconds. */
function lastPictureAt(seconds: number): string {
  const ticks = `if(eq(N\\,49)\\,${seconds * 1000}\\,PTS)`;
  return `setts=pts=${ticks}:dts=${ticks.replace("PTS", "DTS")}`;
}

const ENCRYPTED = (file: string): RegExp =>
  new RegExp(`^"${file}" is encrypted; give the pipeline a file without encryption \\(DRM\\)\\.$`);

/** Inputs that can never work, and what is said of them, wherever they are. */
export const BAD_INPUTS: [file: string, make: Make, sentence: RegExp][] = [
  ["empty.mp4", (_, target) => writeFile(target, ""), /^"empty.mp4" is empty: it has 0 bytes; upload it again\.$/],
  [
    "text.mp4",
    (_, target) => writeFile(target, "This is no video.\n".repeat(100)),
    /^"text.mp4" isn't a video file: it has no format that ffprobe can read\.$/,
  ],
  [
    "half.mp4",
    cut(0, (bytes) => bytes / 2),
    /^"half.mp4" is cut off: its index lists 50 frames, and \d+ are there; upload or export it again\.$/,
  ],
  [
    "headless.mp4",
    (good, target) => ffmpeg("-i", good, "-c", "copy", target).then(() => cut(0, (bytes) => bytes / 2)(target, target)),
    /^"headless.mp4" is cut off: it is an MP4 whose index \(the moov box\) is missing; upload or export it again\.$/,
  ],
  [
    "half.mkv",
    (good, target) => ffmpeg("-i", good, "-c", "copy", target).then(() => cut(0, (bytes) => bytes / 2)(target, target)),
    /^"half.mkv" is cut off: it ends in the middle of a frame; upload or export it again\.$/,
  ],
  [
    "sound.m4a",
    (good, target) => ffmpeg("-i", good, "-vn", "-c", "copy", target),
    /^"sound.m4a" has no video stream, only audio\.$/,
  ],
  [
    "cover.m4a",
    async (good, target) => {
      await ffmpeg("-i", good, "-frames:v", "1", `${target}.jpg`);
      const both = ["-i", good, "-i", `${target}.jpg`, "-map", "0:a", "-map", "1:v"];
      await ffmpeg(...both, "-c", "copy", "-disposition:v", "attached_pic", target);
    },
    /^"cover.m4a" has no video stream, only audio and a cover picture\.$/,
  ],
  [
    "picture.jpg",
    (good, target) => ffmpeg("-i", good, "-frames:v", "1", target),
    /^"picture.jpg" isn't a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted\.$/,
  ],
  [
    "list.m3u8",
    (good, target) => writeFile(target, `#EXTM3U\n#EXTINF:2,\nfile:${good}\n#EXT-X-ENDLIST\n`),
    /^"list.m3u8" isn't a video file: it has no format that ffprobe can read\.$/,
  ],
  [
    "list.mp4",
    (good, target) => writeFile(target, `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nhttp://127.0.0.1:9/${good}\n`),
    /^"list.mp4" isn't a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted\.$/,
  ],
  [
    "script.mp4",
    (good, target) => writeFile(target, `ffconcat version 1.0\nfile 'subfile,,start,0,end,0,,:${good}'\n`),
    /^"script.mp4" isn't a video file/,
  ],
  [
    "manifest.mp4",
    (good, target) =>
      writeFile(
        target,
        `<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><BaseURL>file:${good}</BaseURL></Period></MPD>\n`,
      ),
    /^"manifest.mp4" isn't a video file/,
  ],
  ["cenc.mp4", (good, target) => ffmpeg("-i", good, ...COMMON_ENCRYPTION, target), ENCRYPTED("cenc.mp4")],
  ["protected.mp4", protectedMovie, ENCRYPTED("protected.mp4")],
  ["scrambled.ts", scrambled, ENCRYPTED("scrambled.ts")],
  [
    "elsewhere.mov",
    mediaElsewhere,
    /^"elsewhere.mov" is a reference movie: its pictures are in another file; export it as a self-contained movie\.$/,
  ],
  [
    "sound elsewhere.mov",
    soundElsewhere,
    /^"sound elsewhere.mov" is a reference movie: its sound is in another file; export it as a self-contained movie\.$/,
  ],
  [
    "photo.heic",
    photo,
    /^"photo.heic" isn't a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted\.$/,
  ],
  ["huge.avi", hugePicture, /^"huge.avi" has no readable picture size; export it again\.$/],
  [
    "jump.mkv",
    (good, target) => ffmpeg("-i", good, "-an", "-c", "copy", "-bsf:v", lastPictureAt(30_000_000), target),
    /^"jump.mkv" has neither a picture nor sound for [\d,]{9,} seconds, from second 1 on, and at most 3,600 are accepted; repair its timestamps, or cut the pause out\.$/,
  ],
  [
    "absent.mp4",
    () => Promise.resolve(),
    /^"absent.mp4" wasn't found at (?:file|s3):\/\/.*\/absent\.mp4; check the URI\.$/,
  ],
];
