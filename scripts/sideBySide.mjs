// `node scripts/sideBySide.mjs LANES SCRIPT…` runs npm scripts of which each uses one core, LANES at a time, in their order.
import { Buffer } from "node:buffer";
import { spawn } from "node:child_process";

import { stop } from "./stop.mjs";
import { answerHelp } from "./usage.mjs";

answerHelp(`Usage: node scripts/sideBySide.mjs LANES SCRIPT…

Runs npm scripts side by side, up to LANES at a time, and prints what each has printed when it ends. If one fails, it ends the others.
Put quotes around a script with arguments: "models -- --check".`);
const [lanes, ...waiting] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(lanes ?? "") || waiting.length === 0)
  stop(
    `sideBySide.mjs takes a number of lanes and scripts. Received ${process.argv.slice(2).join(" ") || "nothing"}.`,
    2,
  );

/** By the process that runs it. */
const running = new Map();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end(1));
for (let lane = 0; lane < Number(lanes); lane++) startNext();

function startNext() {
  const script = waiting.shift();
  if (script === undefined) return;
  const began = Date.now();
  const printed = [];
  // In a process group of its own, so that what it has started ends with it.
  const child = spawn("npm", ["run", ...script.split(" ")], { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.set(child, script);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => printed.push(data));
  child.on("close", (code, signal) => {
    running.delete(child);
    process.stdout.write(Buffer.concat(printed));
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    console.log(`\nnpm run ${script}: ${code === 0 ? "" : "failed "}after ${seconds} s`);
    if (code !== 0) return fail(`\`npm run ${script}\` failed${signal ? ` by ${signal}` : ` with exit code ${code}`}.`);
    startNext();
  });
}

function fail(sentence) {
  const others = [...running.values()];
  console.error(others.length === 0 ? sentence : `${sentence} Ended before they were done: ${others.join(", ")}.`);
  end(1);
}

function end(code) {
  for (const { pid } of running.keys()) endGroup(pid);
  process.exit(code);
}

function endGroup(pid) {
  try {
    process.kill(-pid, "SIGTERM");
  } catch (error) {
    // It ended by itself just now.
    if (error.code !== "ESRCH") throw error;
  }
}
