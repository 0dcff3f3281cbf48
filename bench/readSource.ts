/** Reads a video from beginning to end through the worker, so many times, and prints the seconds of the last time and the peak memory. */
import { INPUT_OPTIONS, QUIET } from "../worker/ffmpeg/input";
import { awaitSuccess } from "../worker/ffmpeg/output";
import { start } from "../worker/ffmpeg/run";
import { withSource } from "../worker/source/loopback/source";
import { storageFor } from "../worker/storage/storageFor";

async function main([uri = "", times = "1"]: string[]): Promise<void> {
  const storage = storageFor(uri);
  const stored = await storage.stat(uri);
  if (!stored) throw new Error(`${uri} doesn't exist.`);
  await withSource(storage, uri, stored, async (input) => {
    let seconds = 0;
    for (let time = 0; time < Number(times); time++) {
      const started = performance.now();
      const copy = ["-i", input.url, "-map", "0", "-c", "copy", "-f", "null", "-"];
      const ffmpeg = start("ffmpeg", [...QUIET, ...INPUT_OPTIONS, ...copy], { input });
      ffmpeg.output.resume();
      ffmpeg.side.resume();
      await awaitSuccess(ffmpeg, uri);
      seconds = (performance.now() - started) / 1000;
    }
    console.log(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }));
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
