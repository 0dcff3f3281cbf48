import { readFile, writeFile } from "node:fs/promises";

import { readEdited } from "../../../worker/source/transport/editPackets";
import { ffmpeg, ffprobe } from "../../support/clips";
import { describeExact } from "./describeExact";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import type { Source } from "./sources";

/** How one of the recordings is written: when it begins, its first PID, and further options. */
interface Part {
  begin?: number;
  pid?: number;
  options?: string[];
}

const WHOLE = encode(picture(), sound(), X264, gop(15, 2), "-c:a", "mp2", "-f", "mpegts");

const SILENT = encode(picture(), X264, gop(15, 2), "-f", "mpegts");

/** A clock that begins anew, as the stream says. */
const DECLARED = ["-mpegts_flags", "initial_discontinuity"];

/** Cuts the recording `like` at keyframes, and writes its parts one after the other, each with a clock of its own. */
function joined(cuts: number[], parts: Part[], make = WHOLE): Source["make"] {
  return async (path) => {
    await make(likeOf(path));
    const piece = `${path}.piece%d.ts`;
    const segments = ["-f", "segment", "-segment_format", "mpegts", "-segment_times", cuts.join()];
    await ffmpeg("-i", likeOf(path), "-map", "0", "-c", "copy", ...segments, piece);
    const written = parts.map(async ({ begin = 0, pid = 256, options = [] }, number) => {
      const part = `${path}.part${number}`;
      const offset = ["-output_ts_offset", String(begin), "-mpegts_start_pid", String(pid)];
      const source = ["-i", piece.replace("%d", String(number)), "-map", "0", "-c", "copy"];
      await ffmpeg(...source, ...offset, ...options, "-f", "mpegts", part);
      return readFile(part);
    });
    await writeFile(path, Buffer.concat(await Promise.all(written)));
  };
}

const likeOf = (path: string): string => `${path}.like.ts`;

/** Moves the times of pictures and sound from a keyframe on, with all packets counted on. */
async function setAhead(path: string): Promise<void> {
  await WHOLE(likeOf(path));
  const bytes = await readFile(likeOf(path));
  const firstAt = async (stream: string, time: number): Promise<number> => {
    const packets = await ffprobe(likeOf(path), "packet=pts_time,pos", "-select_streams", stream);
    const start = Number(packets[0]![0]);
    return Number(packets.find(([shown]) => Number(shown) - start > time - 0.01)![1]);
  };
  const edits = await Promise.all(
    [256, 257].map(async (pid, index) => {
      return { pid, from: await firstAt(["v:0", "a:0"][index]!, 1.2), ticks: 45_000 };
    }),
  );
  const read = await readEdited(
    (start, length) => Promise.resolve(bytes.subarray(start, start + length)),
    bytes.length,
    edits,
  );
  await writeFile(path, await read(0, bytes.length));
}

const SOURCES: Omit<Source, "like">[] = [
  { name: "a clock that goes back by 20 s", file: "back.ts", make: joined([1.2], [{ begin: 20 }, {}]) },
  { name: "a clock that begins again", file: "again.ts", make: joined([1.2], [{}, {}]) },
  { name: "a clock that jumps ahead by 1,000 s", file: "ahead.ts", make: joined([1.2], [{}, { begin: 1000 }]) },
  { name: "a clock that jumps ahead by 2 s", file: "little.ts", make: joined([1.2], [{}, { begin: 3.2 }]) },
  { name: "a clock that jumps ahead by 0.3 s", file: "slightly.ts", make: joined([1.2], [{}, { begin: 1.5 }]) },
  {
    name: "a clock that jumps ahead by 0.5 s twice",
    file: "half.ts",
    make: joined([0.6, 1.8], [{}, { begin: 1.1 }, { begin: 2.8 }]),
  },
  { name: "a clock that is set ahead by 0.5 s in one recording", file: "set.ts", make: setAhead },
  {
    name: "three recordings, whose clock goes ahead and back",
    file: "three.ts",
    make: joined([0.6, 1.8], [{ begin: 300 }, { begin: 7000 }, {}]),
  },
  {
    name: "a clock that wraps before it goes back",
    file: "wrap.ts",
    make: joined([1.2], [{ begin: 95_441.8 }, { begin: 50_000 }]),
  },
  {
    name: "a clock that goes back across its wrap",
    file: "wrapped.ts",
    make: joined([1.2], [{ begin: 60 }, { begin: 95_400 }]),
  },
  {
    name: "other PIDs, and a clock that goes on",
    file: "pids.ts",
    make: joined([1.2], [{}, { begin: 1.2, pid: 512 }]),
  },
  {
    name: "other PIDs twice, and other clocks",
    file: "twice.ts",
    make: joined([0.6, 1.8], [{ begin: 9 }, { pid: 512 }, { begin: 40, pid: 768 }]),
  },
  {
    name: "another programme and table",
    file: "programme.ts",
    make: joined([1.2], [{}, { pid: 300, options: ["-mpegts_service_id", "7", "-mpegts_pmt_start_pid", "4010"] }]),
  },
  {
    name: "packets as on Blu-ray",
    file: "disc.m2ts",
    make: joined([1.2], [{ begin: 20, options: ["-mpegts_m2ts_mode", "1"] }, { options: ["-mpegts_m2ts_mode", "1"] }]),
  },
  {
    name: "no sound",
    file: "silent.ts",
    make: joined([1.2], [{ begin: 30 }, {}], SILENT),
    channels: [],
  },
  {
    name: "no sound, and a clock that jumps ahead by 4 s where the stream says so",
    file: "declared.ts",
    make: joined([1.2], [{}, { begin: 5.2, options: DECLARED }], SILENT),
    channels: [],
  },
  {
    name: "no sound, and a clock that jumps ahead by 4 s where a stream begins with its tables",
    file: "anew.ts",
    make: joined([1.2], [{}, { begin: 5.2 }], SILENT),
    channels: [],
  },
  {
    name: "a clock that jumps ahead where the stream says so, and less sound behind it",
    file: "uneven.ts",
    make: joined(
      [1.2],
      [{}, { begin: 5.2, options: [...DECLARED, "-bsf:a", "noise=drop=lt(n\\,60)"] }],
      encode(picture({ seconds: 4 }), sound(4), X264, gop(15, 2), "-c:a", "mp2", "-f", "mpegts"),
    ),
  },
  {
    name: "two audio tracks",
    file: "tracks.ts",
    make: joined(
      [1.2],
      [{}, { begin: 500, pid: 700 }],
      encode(
        [...picture(), ...sound(), ...sound(2.4, 1)],
        ["-map", "0", "-map", "1", "-map", "2", ...X264, ...gop(15, 2), "-c:a", "mp2", "-f", "mpegts"],
      ),
    ),
    channels: [2, 1],
  },
];

/** Picture and sound pause for two seconds in the middle. */
const pauseTogether = (path: string): Promise<unknown> =>
  encode(
    picture(),
    sound(),
    X264,
    gop(15),
    "-c:a",
    "mp2",
    "-f",
    "matroska",
  )(`${path}.mkv`).then(() =>
    ffmpeg(
      ...["-i", `${path}.mkv`, "-c", "copy", "-bsf:v", "setts=ts=TS+2000*gte(N\\,30)"],
      ...["-bsf:a", "setts=ts=TS+2000*gte(N\\,50)", `file:${path}`],
    ),
  );

const PAUSES: Source[] = [
  {
    name: "pictures pause and sound goes on, in a transport stream",
    file: "pause.ts",
    make: encode(
      picture({ filter: ",setpts='PTS+if(gt(N,30),2/TB,0)'" }),
      sound(4.4),
      ...[X264, gop(15), "-f", "mpegts"],
    ),
  },
  {
    name: "pictures pause for 0.3 s before a keyframe and sound goes on, in a transport stream",
    file: "short.ts",
    make: encode(
      picture({ filter: ",setpts='PTS+if(gte(N,30),0.3/TB,0)'" }),
      sound(2.7),
      ...[X264, gop(15), "-f", "mpegts"],
    ),
  },
  {
    name: "pictures pause without sound, in a transport stream that says only of its beginning that the clock begins",
    file: "silent.ts",
    make: encode(picture({ filter: ",setpts='PTS+if(gt(N,30),4/TB,0)'" }), X264, gop(15), DECLARED, "-f", "mpegts"),
    channels: [],
  },
  { name: "both pause together, in Matroska", file: "pause.mkv", make: pauseTogether },
  { name: "both pause together, in MP4", file: "pause.mp4", make: pauseTogether },
];

describeExact("a pause stays, and the picture is held, where", PAUSES);

/** Two copies of a part of the recording, of which the second begins before the first has ended, perhaps between keyframes. */
function overlapping(from: number): Source["make"] {
  return async (path) => {
    await WHOLE(likeOf(path));
    const bytes = await readFile(likeOf(path));
    const packets = await ffprobe(likeOf(path), "packet=pos", "-select_streams", "v:0");
    const at = ([position]: string[] = []): number => Number(position);
    const clock = [256, 257].map((pid) => ({ pid, from: 0, ticks: 90_000 * 77 }));
    const reader = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
    const read = await readEdited(reader, bytes.length, clock);
    const tables = bytes.subarray(0, 3 * 188);
    const again = await read(at(packets[from]), bytes.length - at(packets[from]));
    await writeFile(path, Buffer.concat([bytes.subarray(0, at(packets[40])), tables, again]));
  };
}

const OPEN_GOPS: Record<string, string[]> = {
  "H.264": [
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "4", "-pix_fmt", "yuv420p", ...gop(15, 2)],
    ...["-x264-params", "open-gop=1", "-sc_threshold", "0"],
  ],
  "HEVC": [
    ...["-c:v", "libx265", "-preset", "ultrafast", "-crf", "4", "-pix_fmt", "yuv420p"],
    ...["-x265-params", "log-level=none:keyint=15:min-keyint=15:bframes=3:open-gop=1"],
  ],
};

/** The first 45 pictures of the recording, and those from the 15th on, which were begun in the middle of an open GOP with an earlier clock. */
function begunWithinGop(codec: string, ...options: string[]): Source["make"] {
  const written = (from: number, to: number, begin: number): Source["make"] => {
    const [begins, ends] = [from / 25, to / 25];
    const media = [...picture({ filter: `,trim=${begins}:${ends},setpts=PTS-STARTPTS` }), ...sound()];
    const heard = ["-af", `atrim=${begins}:${ends},asetpts=PTS-STARTPTS`, "-c:a", "mp2"];
    const clock = ["-output_ts_offset", String(begin), ...options, "-f", "mpegts"];
    return encode(media, OPEN_GOPS[codec] as string[], heard, clock);
  };
  return async (path) => {
    const [first, second] = [`${path}.first`, `${path}.second`];
    await Promise.all([written(0, 45, 50)(first), written(15, 60, 20)(second), written(0, 60, 0)(likeOf(path))]);
    const packets = await ffprobe(second, "packet=pos", "-select_streams", "v:0");
    const later = (await readFile(second)).subarray(Number(packets[20]![0]));
    await writeFile(path, Buffer.concat([await readFile(first), later]));
  };
}

const OPEN: Source[] = [
  { name: "H.264", file: "open.ts", make: begunWithinGop("H.264"), like: likeOf },
  { name: "HEVC", file: "cra.ts", make: begunWithinGop("HEVC"), like: likeOf },
  {
    name: "HEVC as on Blu-ray",
    file: "cra.m2ts",
    make: begunWithinGop("HEVC", "-mpegts_m2ts_mode", "1"),
    like: likeOf,
  },
];

describeExact("a recording that was begun in the middle of an open GOP is used from its next keyframe on, in", OPEN);

const OVERLAPS: Source[] = [
  { name: "at a keyframe", file: "overlap.ts", make: overlapping(30), like: likeOf },
  { name: "between keyframes", file: "between.ts", make: overlapping(20), like: likeOf },
];

describeExact(
  "recordings of which each repeats the end of the one before are joined where they are the same:",
  OVERLAPS,
);

describeExact(
  "recordings that were written one after the other are made one, without a gap, with",
  SOURCES.map((source) => ({ ...source, like: likeOf })),
);
