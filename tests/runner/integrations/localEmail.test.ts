import assert from "node:assert/strict";

import { shellWord } from "../../../contract/shellWord";
import { localEmail } from "../../../runner/integrations/localEmail";

const ARN = "arn:aws:states:us-east-1:123456789012:execution:videos:clip.mp4-1";

describe("the e-mail of a local run", () => {
  it("has no commands for an execution that AWS doesn't know", () => {
    const email = `clip.mp4 waits.\n\nPreview: file:///p\n\nTo approve: npx video-batch-pipeline approve ${ARN}\nTo reject: npx video-batch-pipeline reject ${ARN} --cause "Why"\n\nExecution: ${ARN}`;
    assert.equal(localEmail(email, "/out/clip"), `clip.mp4 waits.\n\nPreview: file:///p\n\nExecution: ${ARN}`);
  });

  it("resumes the run where AWS redrives the execution", () => {
    const email = `clip.mp4: Package Video failed.\n\nLog: x\nTo see all logs of the step: npx video-batch-pipeline logs ${ARN} "Package Video"\nTo resume from the failed step: npx video-batch-pipeline redrive ${ARN}`;
    assert.equal(
      localEmail(email, "/my videos/clip"),
      "clip.mp4: Package Video failed.\n\nLog: x\nTo resume from the failed step: npx video-batch-pipeline run --resume '/my videos/clip'",
    );
  });

  it("has a folder as one word of a shell", () => {
    assert.deepEqual(["/out/clip-2", "it's", "$HOME", "~a"].map(shellWord), [
      "/out/clip-2",
      "'it'\\''s'",
      "'$HOME'",
      "'~a'",
    ]);
  });
});
