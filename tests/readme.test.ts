import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "..");

interface ReferenceScript {
  reference: () => string;
}

describe("docs/reference.md", () => {
  it("has the arguments and outputs as the docstrings describe them", async () => {
    const { reference } = (await import(path.join(ROOT, "scripts", "reference.mjs"))) as ReferenceScript;
    const text = readFileSync(path.join(ROOT, "docs", "reference.md"), "utf8");
    assert.ok(reference() === text, "The tables are stale. Write them anew with: npm run reference");
  });
});

describe("docs/configuration.md", () => {
  it("has the keys of a stack as the schema describes them", async () => {
    const { configuration } = (await import(path.join(ROOT, "scripts", "configuration.mjs"))) as {
      configuration: () => string;
    };
    const text = readFileSync(path.join(ROOT, "docs", "configuration.md"), "utf8");
    assert.ok(configuration() === text, "The page is stale. Write it anew with: npm run reference");
  });
});

describe("docs/command-line.md", () => {
  it("has the commands as their help describes them", async () => {
    const { commandLinePage } = (await import(path.join(ROOT, "scripts", "commandLine.mjs"))) as {
      commandLinePage: (load: NodeJS.Require) => string;
    };
    const text = readFileSync(path.join(ROOT, "docs", "command-line.md"), "utf8");
    assert.ok(commandLinePage(require) === text, "The page is stale. Write it anew with: npm run reference");
  });
});
