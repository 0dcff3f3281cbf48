import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "..");

interface Reference {
  withReference: (text: string) => string;
}

describe("README.md", () => {
  it("has the arguments and outputs as the docstrings describe them", async () => {
    const { withReference } = (await import(path.join(ROOT, "scripts", "reference.mjs"))) as Reference;
    const text = readFileSync(path.join(ROOT, "README.md"), "utf8");
    assert.ok(withReference(text) === text, "The tables are stale. Write them anew with: npm run reference");
  });
});
