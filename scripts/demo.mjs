// `npm run demo [-- VIDEO]` runs the whole pipeline on one video, on this machine.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { answerHelp } from "./usage.mjs";

answerHelp(`Usage: npm run demo [-- VIDEO]

Runs the whole pipeline on VIDEO, on this machine, into out/demo. Without one, it makes a clip of 12 seconds.
It first installs what is missing: npm packages and ffmpeg.`);
await import("./setup.mjs");

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const out = path.join(root, "out", "demo");
const video = process.argv[2] ?? fromHere(makeClip());

const vbp = [path.join(root, "scripts", "vbp.mjs"), "run", video, "--stack", "dev"];
const args = [...vbp, "--program", fromHere(root), "--out", fromHere(out)];
const { status, signal } = spawnSync(process.execPath, args, { stdio: "inherit" });
process.exitCode = status ?? (signal === "SIGINT" ? 130 : 1);

/** A path as it is typed in the folder where npm was called: the report shows the command. */
function fromHere(file) {
  return path.relative(process.env.INIT_CWD ?? process.cwd(), file) || ".";
}

/** Generates twelve seconds in three scenes with a tone, which is long enough for both parts. */
function makeClip() {
  const clip = path.join(root, "out", "demo-clip.mp4");
  mkdirSync(path.dirname(clip), { recursive: true });
  if (existsSync(clip)) return clip;
  process.stderr.write("Making a 12-second 1080p clip …\n");
  const scene = (source) => ["-f", "lavfi", "-i", `${source}=size=1920x1080:rate=30:duration=4`];
  const sound = ["-f", "lavfi", "-i", "sine=frequency=440:beep_factor=4:sample_rate=48000:duration=12"];
  const joined = ["-filter_complex", "[0:v][1:v][2:v]concat=n=3,format=yuv420p[v]", "-map", "[v]", "-map", "3:a"];
  const encode = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "60", "-c:a", "aac"];
  const args = ["-nostdin", "-v", "error", "-y", ...scene("testsrc2"), ...scene("gradients"), ...scene("smptehdbars")];
  args.push(...sound, ...joined, ...encode, "-f", "mp4", `${clip}.part`);
  const encoded = spawnSync("ffmpeg", args, { stdio: ["ignore", "inherit", "inherit"] });
  if (encoded.status !== 0) process.exit(1);
  renameSync(`${clip}.part`, clip);
  return clip;
}
