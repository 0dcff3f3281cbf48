import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

import { serveSource } from "../tests/support/s3Source";
import { measure, ROOT } from "./child";
import { LONG_SECONDS, longClip } from "./clip";
import { measureRounds, ratioRow, type Row } from "./rows";

/** About what one connection to S3 has (https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html). */
const PACE = { latency: 30, speed: 90e6 };
const TIMES = 8;

/** Compares reading a source through the worker with ffmpeg that reads it directly: from a stand-in of S3, and from this disk. */
export async function source(rounds: number): Promise<Row[]> {
  const clip = await longClip();
  const s3 = await serveSource(clip, PACE);
  const environment = {
    ...{ AWS_ENDPOINT_URL_S3: s3.endpoint, AWS_REGION: "us-east-1" },
    ...{ AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" },
  };
  try {
    const measured = await measureRounds(rounds, async () => ({
      direct: await readDirectly(`${s3.endpoint}/videos/clip.mp4`),
      through: await readThrough("s3://videos/clip.mp4", 1, environment),
      often: await readThrough("s3://videos/clip.mp4", TIMES, environment),
      file: await readDirectly(`file:${clip}`),
      fileThrough: await readThrough(`file://${clip}`, 1),
    }));
    const ratio = (what: string, of: (one: (typeof measured)[0]) => [number, number], against: string): Row =>
      ratioRow(
        what,
        measured.map((one) => of(one)[0]),
        measured.map((one) => of(one)[1]),
        against,
      );
    return [
      ratio(
        `read ${LONG_SECONDS} s of 1080p from a stand-in of S3, s`,
        ({ through, direct }) => [through.seconds, direct.seconds],
        "ffmpeg reading it directly",
      ),
      ratio(`… ${TIMES} times, peak memory, MiB`, ({ often, through }) => [often.peakMiB, through.peakMiB], "once"),
      ratio(
        "… from this disk, s",
        ({ fileThrough, file }) => [fileThrough.seconds, file.seconds],
        "ffmpeg reading it directly",
      ),
    ];
  } finally {
    s3.stop();
  }
}

function readDirectly(url: string): Promise<{ seconds: number }> {
  return measure("ffmpeg", ["-nostdin", "-v", "error", "-i", url, "-map", "0", "-c", "copy", "-f", "null", "-"]);
}

interface Reading {
  seconds: number;
  peakMiB: number;
}

async function readThrough(uri: string, times: number, environment: NodeJS.ProcessEnv = {}): Promise<Reading> {
  const preload = ["-r", path.join(ROOT, "scripts", "ts-node.cjs")];
  const args = [...preload, path.join(__dirname, "readSource.ts"), uri, String(times)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...environment } });
  return JSON.parse(stdout) as Reading;
}
