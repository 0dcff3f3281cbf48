import assert from "node:assert/strict";

import { typedCommand } from "../../../cli/output/commandText";

describe("a typed command in a record", () => {
  const CASES: [typed: string[], recorded: string][] = [
    [["run", "my clip.mp4", "--fail", "Read Plan:kind=denied"], "run 'my clip.mp4' --fail 'Read Plan:kind=denied'"],
    [["run", "s3://key:secret@videos/clip.mp4"], "run 's3://***@videos/clip.mp4'"],
    [["run", "--output=https://me:pass@host/x", "it's"], "run '--output=https://***@host/x' 'it'\\''s'"],
    [["run", "me@home.mp4"], "run me@home.mp4"],
    [["run", "s3://videos/me@home.mp4"], "run s3://videos/me@home.mp4"],
  ];
  for (const [typed, recorded] of CASES) {
    it(recorded, () => assert.equal(typedCommand(typed), `npx video-batch-pipeline ${recorded}`));
  }
});
