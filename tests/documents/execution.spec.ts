import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { startService } from "../aws/service";
import { makeClip } from "../support/clips";
import { startStrictS3 } from "../support/strictS3";
import { awsAnswers } from "./awsAnswers";
import { commandBlocks, DOCUMENTS, executorOf } from "./commands";
import { Reader, type Typed } from "./reader";

/** Long enough for both parts, and quick to encode. */
const VIDEO = { width: 1280, height: 720, rate: "5", seconds: 12, sound: true };

/** Begins where the package is installed. All others begin in a clone. */
const OF_PACKAGE = "docs/command-line.md";

/** Examples whose other commands run on Pulumi's engine, with the tools of their languages. */
const OF_LANGUAGES = ["examples/python/README.md", "examples/yaml/README.md"];

/** Commands that end with 1, because what they rehearse or watch fails. */
const FAILS = /--fail | watch /;

describe("the commands of the documents, as they stand", function () {
  this.timeout(600_000);
  let folder: string;
  let clip: string;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "documents-"));
    clip = await makeClip(path.join(folder, "clip.mp4"), VIDEO);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const document of [...DOCUMENTS, ...OF_LANGUAGES]) {
    const blocks = commandBlocks(document).map((lines) => lines.filter((line) => executesHere(line)));
    const count = blocks.flat().filter((line) => !line.startsWith("cd ")).length;
    if (count === 0) continue;
    it(`${document}: ${count}`, async () => {
      const reader = Reader.begin();
      try {
        // A document whose reader has no clone yet makes its own clip.
        if (blocks[0]?.[0]?.startsWith("git clone ")) reader.withoutClone();
        else layOutClips(reader.clone, clip);
        if (document === OF_PACKAGE) reader.inOwnProject();
        for (const block of blocks) {
          reader.beginBlock();
          for (const line of block) await execute(reader, line);
        }
      } finally {
        reader.end();
      }
    });
  }
});

function executesHere(line: string): boolean {
  return executorOf(line) === "reader";
}

/** A video of the reader's, and one that the demo takes for the one that it made before. */
function layOutClips(clone: string, clip: string): void {
  mkdirSync(path.join(clone, "out"));
  for (const file of ["clip.mp4", "out/demo-clip.mp4"]) copyFileSync(clip, path.join(clone, file));
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
  if (!FAILS.test(line)) assert.equal(status, 0, text);
  else if (status !== 0) {
    assert.equal(status, 1, text);
    assert.match(stderr, /^Failed in /m, text);
  }
}

/** The page at the address that `view` prints. */
async function readReport(printed: string): Promise<void> {
  const [address = ""] = /http:\S+/.exec(printed) ?? [];
  const page = await (await fetch(address)).text();
  assert.match(page, /<p class="outcome succeeded">Succeeded<\/p>/);
}
