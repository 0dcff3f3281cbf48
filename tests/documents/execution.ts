import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";

import { startService } from "../aws/service";
import { makeClip } from "../support/clips";
import { startStrictS3 } from "../support/strictS3";
import { awsAnswers } from "./awsAnswers";
import { commandBlocks, executorOf } from "./commands";
import { Reader, type Typed } from "./reader";
import { AWS_CLI, requireProgram } from "./requireProgram";

/** Long enough for both parts, and quick to encode. */
const VIDEO = { width: 1280, height: 720, rate: "5", seconds: 12, sound: true };

/** What they rehearse or watch fails: an attempt, or the whole execution, and then they end with 1. */
const FAILS = /--fail | watch /;

/** A suite that executes the commands of a document as they stand. `begin` turns a reader's clone into where the document begins. */
export function executeDocument(document: string, begin: (reader: Reader) => void = () => undefined): void {
  const blocks = commandBlocks(document).map((lines) => lines.filter((line) => executorOf(line) === "reader"));
  const commands = blocks.flat().filter((line) => !line.startsWith("cd "));
  if (commands.length === 0) return;
  it(`${document}: ${commands.length}`, async function () {
    this.timeout(1_800_000);
    if (commands.some((line) => line.startsWith("aws "))) requireProgram(this, AWS_CLI);
    const reader = await Reader.begin();
    try {
      await layOutClips(reader.clone);
      begin(reader);
      for (const block of blocks) {
        reader.beginBlock();
        for (const line of block) await execute(reader, line);
      }
    } finally {
      reader.end();
    }
  });
}

/** A video of the reader's, and one that the demo takes for the one that it made before. */
async function layOutClips(clone: string): Promise<void> {
  mkdirSync(path.join(clone, "out"));
  const clip = await makeClip(path.join(clone, "clip.mp4"), VIDEO);
  copyFileSync(clip, path.join(clone, "out", "demo-clip.mp4"));
}

/** Runs a line with AWS on loopback, and checks that it did what it is there for. */
async function execute(reader: Reader, line: string): Promise<void> {
  const service = await startService(awsAnswers(line));
  const s3 = await startStrictS3({ videos: "eu-west-1" });
  try {
    const views = / view /.test(line);
    const env = {
      AWS_ENDPOINT_URL: service.endpoint,
      ...(line.startsWith("aws s3 ") ? { AWS_ENDPOINT_URL_S3: s3.endpoint } : {}),
    };
    const typed = await reader.type(line, env, views ? readReport : undefined);
    const text = `${line}\n${typed.stdout}\n${typed.stderr}`;
    if (!views) checkEnd(line, typed, text);
    if (line.startsWith("aws s3 ")) assert.deepEqual(s3.requests, ["PUT /videos/uploads/clip.mp4"], text);
    else if (isForAws(line)) assert.ok(service.calls.length > 0, text);
  } finally {
    await s3.stop();
    service.close();
  }
}

function isForAws(line: string): boolean {
  return /^aws |(?:video-batch-pipeline|vbp --) (start|watch|list|logs|report|stop|redrive|approve|reject) /.test(line);
}

function checkEnd(line: string, { status, stderr }: Typed, text: string): void {
  const failed = /^Failed in /m.test(stderr);
  assert.equal(status, failed ? 1 : 0, text);
  assert.doesNotMatch(stderr, /had no effect/, text);
  if (FAILS.test(line)) assert.ok(failed || /, retrying: /.test(stderr), text);
  else assert.ok(!failed, text);
}

/** The page at the address that `view` prints. */
async function readReport(printed: string): Promise<void> {
  const [address = ""] = /http:\S+/.exec(printed) ?? [];
  const page = await (await fetch(address)).text();
  assert.match(page, /<p class="outcome succeeded">Succeeded<\/p>/);
}
