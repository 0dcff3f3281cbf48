import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { cli, ROOT } from "../../support/commandLine";

describe("completion", () => {
  it("completes commands, options, their values and stacks in bash", async () => {
    const { code, stdout } = await cli(["completion", "bash"]);
    assert.equal(code, 0);
    const complete = (...words: string[]): string[] => {
      const script = `${stdout}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _video_batch_pipeline; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const printed = execFileSync("bash", ["-c", script, "bash", "video-batch-pipeline", ...words], { cwd: ROOT });
      return printed.toString().trim().split("\n");
    };
    assert.deepEqual(complete("ru"), ["run"]);
    assert.deepEqual(complete("run", "--max"), ["--max-damaged-share", "--max-vcpus"]);
    assert.deepEqual(complete("diagram", "--format", ""), ["svg", "mermaid"]);
    assert.deepEqual(complete("run", "clip.mp4", "--stack", ""), ["dev", "prod"]);
    // The shell itself completes files.
    assert.deepEqual(complete("run", "cl"), [""]);
  });

  it("also prints scripts for zsh and fish", async () => {
    assert.match((await cli(["completion", "zsh"])).stdout, /^autoload -U \+X bashcompinit && bashcompinit\n/);
    const { stdout } = await cli(["completion", "fish"]);
    assert.match(
      stdout,
      /^complete -c video-batch-pipeline -n '__fish_seen_subcommand_from diagram' -l format -r -f -a 'svg mermaid' -d '.+'$/m,
    );
  });
});
