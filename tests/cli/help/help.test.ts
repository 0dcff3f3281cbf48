import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { PassThrough } from "node:stream";

import { commandLine } from "../../../cli/commandLine";
import { helpOf } from "../../../cli/help/commandHelp";
import { createProgram } from "../../../cli/program";
import { programText } from "../../../cli/output/commandText";
import { cli } from "../../support/commandLine";

const { commands } = createProgram({ stdout: new PassThrough(), stderr: new PassThrough() }, () => undefined);

describe("help", () => {
  it("groups the commands by whether they talk to AWS", async () => {
    const { code, stdout, stderr } = await cli(["--help"]);
    assert.deepEqual([code, stderr], [0, ""]);
    const names = (title: string): string[] => {
      const [, group = ""] = new RegExp(`^${title}:\\n(.*?)\\n\\n`, "ms").exec(stdout) ?? [];
      return [...group.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name!);
    };
    assert.deepEqual(names("Commands that run here and need no AWS account"), [
      ...["run", "view", "preview", "diagram", "definition", "completion", "help"],
    ]);
    assert.deepEqual(names("Commands that talk to AWS"), [
      ...["start", "watch", "list", "logs", "report", "stop", "redrive", "approve", "reject"],
    ]);
  });

  for (const command of commands) {
    const name = command.name();
    it(`has examples of ${name} that the command line takes`, async () => {
      const { examples } = helpOf(command);
      assert.ok(examples.length > 0);
      for (const { what, args } of examples) {
        assert.match(what, /^[A-Z].*:$/);
        const words = execFileSync("sh", ["-c", `printf '%s\\n' ${args}`], { encoding: "utf8" })
          .trim()
          .split("\n");
        assert.equal(words[0], name);
        const taken: string[] = [];
        const program = createProgram({ stdout: new PassThrough(), stderr: new PassThrough() }, () => undefined);
        for (const each of program.commands) each.action(() => void taken.push(each.name()));
        await program.parseAsync(words, { from: "user" });
        assert.deepEqual(taken, [name]);
      }
      const { stdout } = await cli([name, "--help"]);
      assert.ok(stdout.includes(`Examples:\n  ${examples[0]!.what}\n    npx video-batch-pipeline ${name}`), stdout);
    });
  }

  for (const [columns, widest] of [
    [44, 44],
    [60, 60],
    [80, 80],
    [300, 100],
  ] as const) {
    it(`is not wider than ${widest} columns on a terminal of ${columns}`, async () => {
      for (const args of [["--help"], ...commands.map((command) => [command.name(), "--help"])]) {
        const stdout = Object.assign(new PassThrough().setEncoding("utf8"), { isTTY: true, columns });
        assert.equal(await commandLine(args, { stdout, stderr: new PassThrough() }), 0);
        const lines = (stdout.read() as string).split("\n");
        // A name alone may be longer than a narrow terminal.
        const wide = lines.filter((line) => line.length > widest && /\S\s+\S/.test(line.trim()));
        assert.deepEqual(wide, []);
      }
    });
  }

  it("continues a long example in the next line, where a shell reads it as one", async () => {
    const { stdout } = await cli(["run", "--help"]);
    assert.ok(
      stdout.includes(
        "    npx video-batch-pipeline run clip.mp4 --out out/rehearsal \\\n      --fail Transcode_720p-1:attempt=1 --fail 'Package Video:exit=137'\n",
      ),
      stdout,
    );
  });

  it("prints the help and exits with 2 without a command", async () => {
    const { code, stdout, stderr } = await cli([]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(stderr, (await cli(["--help"])).stdout);
  });

  it("names the program as it was called", () => {
    const own = { npm_package_name: "video-batch-pipeline" };
    assert.equal(programText({ ...own, npm_lifecycle_event: "vbp" }), "npm run --silent vbp --");
    assert.equal(programText({ ...own, npm_lifecycle_event: "demo" }), "npm run --silent vbp --");
    assert.equal(programText({ ...own, npm_lifecycle_event: "test" }), "npx video-batch-pipeline");
    assert.equal(programText({ npm_package_name: "archive", npm_lifecycle_event: "vbp" }), "npx video-batch-pipeline");
    assert.equal(programText({}), "npx video-batch-pipeline");
  });
});
