// `npm run recording` makes the pictures of a run in README and docs from a run of the demo: its terminal, and its report.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { animate } from "./animation.mjs";
import { linkPackages } from "./linkPackages.mjs";
import { startOnTerminal } from "./terminal.mjs";
import { answerHelp } from "./usage.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
/** The pictures show this path. */
const CLONE = path.join(tmpdir(), "video-batch-pipeline");

const DEMO = "npm run demo";
const VIEW = "npm run --silent vbp -- view out/demo";

/** Milliseconds that a word takes to type, and those before the reader looks at what follows. */
const [WORD, PAUSE] = [250, 800];
/** Milliseconds that the demo takes at most, and the number of its screens. */
const [RUN, SCREENS] = [12_000, 40];
/** The window, as narrow as tables with columns allow, and what is shown of the report in it, in pixels. */
const WINDOW = { width: 1124, height: 640 };
const SHOWN = { x: 0, y: 0, width: WINDOW.width, height: 1700 };

const TEXTS = {
  title: "The demo on a terminal",
  description:
    "npm run demo makes a clip, shows the states of the pipeline as a tree with a bar for each job, and ends with the paths of the output and its report.",
};

async function record() {
  // Fails if there is such a folder, which may be somebody's.
  mkdirSync(CLONE);
  try {
    execFileSync("git", ["clone", "--quiet", root, CLONE]);
    linkPackages(root, CLONE);
    const frames = await recordDemo(CLONE, (address) => photograph(address));
    writeFileSync(path.join(root, "docs", "run.svg"), animate(frames, TEXTS));
  } finally {
    rmSync(CLONE, { recursive: true, force: true });
  }
}

/**
 * Runs the demo in a clone and views it, on a terminal.
 *
 * @param {string} directory
 * @param {(address: string) => Promise<void>} look Is called with the address of the report.
 * @returns {Promise<import("./terminal.mjs").Frame[]>} As they are shown: with the commands as they are typed.
 */
export async function recordDemo(directory, look) {
  const openers = mkdtempSync(path.join(tmpdir(), "openers-"));
  try {
    const options = { cwd: directory, env: personsEnvironment(openers) };
    const demo = startOnTerminal(DEMO, options);
    const code = await demo.ended;
    if (code !== 0) throw new Error(`${DEMO} ended with ${code}:\n${textOf(demo.frames.at(-1))}`);
    const view = startOnTerminal(VIEW, options);
    try {
      await look(await addressOf(view));
    } finally {
      view.interrupt();
      await view.ended;
    }
    return asShown(
      demo.frames,
      view.frames.findLast((frame) => !textOf(frame).includes("^C")),
    );
  } finally {
    rmSync(openers, { recursive: true, force: true });
  }
}

/** Without what this npm sets, and with a browser to open: the one of `look`. */
function personsEnvironment(openers) {
  writeFileSync(path.join(openers, "xdg-open"), "#!/bin/sh\n", { mode: 0o755 });
  const others = Object.entries(process.env).filter(([name]) => !/^(npm_|NO_COLOR$|CI$|INIT_CWD$)/i.test(name));
  return {
    ...Object.fromEntries(others),
    DISPLAY: ":0",
    PATH: [openers, process.env.PATH].join(path.delimiter),
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
  };
}

/** Waits until a program on a terminal has printed an address and says how to end it. */
async function addressOf({ frames, ended }) {
  let code;
  void ended.then((ending) => (code = ending));
  for (;;) {
    const text = frames.length === 0 ? "" : textOf(frames.at(-1));
    const [address] = /http:\/\/\S+/.exec(text) ?? [];
    if (address !== undefined && text.includes("Ctrl-C")) return address;
    if (code !== undefined) throw new Error(`${VIEW} ended with ${code}:\n${text}`);
    await sleep(100);
  }
}

function textOf({ lines }) {
  return lines.map((line) => line.map(([, text]) => text).join("")).join("\n");
}

/** Types the commands, and plays the demo no longer than anybody looks. */
function asShown(demo, viewed) {
  const typedDemo = typed(DEMO, [], 0);
  const begin = typedDemo.at(-1).at + WORD;
  const typedLine = typedDemo.at(-1).lines;
  const took = demo.at(-1).at;
  const speed = Math.max(1, took / RUN);
  const run = sampled(demo, took / SCREENS).map(({ at, lines }) => ({
    at: begin + at / speed,
    lines: [...typedLine, ...lines],
  }));
  const typedView = typed(VIEW, [...run.at(-1).lines, []], run.at(-1).at + PAUSE);
  const last = typedView.at(-1);
  return [...typedDemo, ...run, ...typedView, { at: last.at + PAUSE, lines: [...last.lines, ...viewed.lines] }];
}

function typed(command, above, begin) {
  const words = command.split(" ");
  return words.map((_, index) => ({
    at: begin + index * WORD,
    lines: [
      ...above,
      [
        ["dim", "$ "],
        ["bold", words.slice(0, index + 1).join(" ")],
      ],
    ],
  }));
}

/** The last frame of every interval, and the very last. */
function sampled(frames, interval) {
  return frames.filter(
    ({ at }, index) =>
      index === frames.length - 1 || Math.floor(at / interval) !== Math.floor(frames[index + 1].at / interval),
  );
}

/** The report in light and dark, with few enough colours to be loaded quickly. */
async function photograph(address) {
  const require = createRequire(import.meta.url);
  require("./ts-node.cjs");
  const browser = await require("../tests/support/browser.ts").openBrowser();
  try {
    const page = await browser.newPage({ viewport: WINDOW });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.goto(address, { waitUntil: "networkidle" });
      while (!(await page.evaluate("document.querySelector('video').readyState === 4"))) await sleep(100);
      const file = path.join(root, "docs", `report-${colorScheme}.png`);
      writeFileSync(file, fewerColours(await page.screenshot({ clip: SHOWN, fullPage: true })));
    }
  } finally {
    await browser.close();
  }
}

function fewerColours(png) {
  const filter = "split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=none";
  const output = [
    "-frames:v",
    "1",
    "-c:v",
    "png",
    "-compression_level",
    "9",
    "-pred",
    "mixed",
    "-f",
    "image2pipe",
    "-",
  ];
  const args = ["-v", "error", "-f", "png_pipe", "-i", "-", "-lavfi", filter, ...output];
  const { status, stdout, stderr } = spawnSync("ffmpeg", args, { input: png, maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`ffmpeg could not reduce the colours: ${stderr}`);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  answerHelp(`Usage: npm run recording

Runs the demo in a clone of what is committed, on a terminal of 80 columns, and writes docs/run.svg and docs/report-*.png.
It needs \`script\` of util-linux, Chromium and a machine with nothing else to do.`);
  await record();
}
