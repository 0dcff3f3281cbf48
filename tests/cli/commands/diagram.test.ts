import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { cli, ROOT } from "../../support/commandLine";

/** The picture of a state machine of an example that its README shows. */
function ofExample(example: string, machine: string): [file: string, options: string[]] {
  return [`examples/${example}/${machine}.svg`, ["--program", path.join("examples", example), "--pipeline", machine]];
}

const PICTURES: [file: string, options: string[]][] = [
  ["docs/pipeline.svg", ["--stack", "dev"]],
  ["docs/pipeline-outline.svg", ["--stack", "dev", "--outline"]],
  ofExample("event-bus", "catalogue"),
  ofExample("express-ingest", "ingest"),
  ...["transcode", "process", "publish"].map((machine) => ofExample("mediaconvert", machine)),
];

describe("diagram", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(path.join(tmpdir(), "diagram-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  for (const [file, options] of PICTURES) {
    it(`draws ${file}`, async () => {
      const args = ["diagram", ...options];
      const { code, stdout, stderr } = await cli(args);
      assert.equal(stderr, "");
      assert.equal(code, 0);
      assert.ok(
        readFileSync(path.join(ROOT, file), "utf8") === stdout,
        `${file} is stale. Draw it again: npm run --silent vbp -- ${args.join(" ")} -o ${file}`,
      );
    });
  }

  it("draws every picture in the folders of the examples", () => {
    const found = readdirSync(path.join(ROOT, "examples"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(path.join(ROOT, "examples", name)).map((file) => `examples/${name}/${file}`))
      .filter((file) => file.endsWith(".svg"));
    const drawn = PICTURES.map(([file]) => file).filter((file) => file.startsWith("examples/"));
    assert.deepEqual(found.sort(), drawn.sort());
  });

  it("draws the pipeline where the program has another state machine beside it, and says which there are", async () => {
    const program = ["--program", path.join("examples", "express-ingest")];
    const { stdout } = await cli(["diagram", ...program, "--outline"]);
    assert.match(stdout, /<title>State machine videos-state-machine<\/title>/);
    const definition = await cli(["definition", ...program, "--pipeline", "ingest"]);
    assert.equal((JSON.parse(definition.stdout) as { StartAt: string }).StartAt, "Check Event");
    const { code, stderr } = await cli(["diagram", ...program, "--pipeline", "inges"]);
    assert.equal(code, 2);
    assert.equal(stderr, "The program has no pipeline inges. Did you mean ingest? Choose one of: videos, ingest.\n");
  });

  it("writes a file, and Mermaid", async () => {
    const file = path.join(directory, "picture.mmd");
    const program = path.join(ROOT, "examples", "tutorial");
    const { code, stdout, stderr } = await cli(["diagram", "--program", program, "--format", "mermaid", "-o", file]);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: `Picture: ${file}\n` });
    assert.match(
      readFileSync(file, "utf8"),
      /^flowchart TB\n {2}start\(\(" "\)\) --> s0\n {2}s0\["Extract Metadata"\]$/m,
    );
  });

  it("says why a file can't be written", async () => {
    const file = path.join(directory, "nowhere", "picture.svg");
    const { code, stderr } = await cli(["diagram", "--program", path.join(ROOT, "examples", "tutorial"), "-o", file]);
    assert.equal(code, 2);
    assert.equal(
      stderr,
      `The picture can't be written: ENOENT: no such file or directory, open '${file}'. Choose another file with --output.\n`,
    );
  });
});
