import { strict as assert } from "node:assert";
import { readdirSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";

import schema from "../components/schema.json";
import { argumentsOf } from "../components/structure/schema";
import { cli } from "./support/commandLine";

const ROOT = path.resolve(__dirname, "..");
const DOCUMENTS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(path.join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join("docs", name)),
  ...readdirSync(path.join(ROOT, "examples"))
    .map((name) => path.join("examples", name, "README.md"))
    .filter((file) => existsSync(path.join(ROOT, file))),
];

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] as string);

/** Anchors as GitHub generates them from headings. */
function anchorsOf(file: string): string[] {
  return matches(read(file), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("README.md", () => {
  it("is read in five minutes", () => {
    const text = read("README.md");
    assert.ok(text.trimEnd().split("\n").length <= 170);
    assert.ok(text.split(/\s+/).length <= 1_800);
  });
});

for (const document of DOCUMENTS) {
  describe(document, () => {
    it("has nothing of a merge left in it", () => {
      assert.deepEqual(matches(read(document), /^((?:<{7}|={7}|>{7})(?: .*)?)$/gm), []);
    });

    it("links to files and headings that exist", () => {
      const links = matches(read(document), /\]\(([^)\s]+)\)/g).filter((link) => !/^[a-z]+:/.test(link));
      for (const link of links) {
        const [target = "", anchor] = link.split("#");
        const file = target === "" ? document : path.join(path.dirname(document), target);
        assert.ok(existsSync(path.join(ROOT, file)), link);
        if (anchor !== undefined) assert.ok(anchorsOf(file).includes(anchor), link);
      }
    });

    it("names scripts, stack settings and examples that exist", () => {
      const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
      for (const script of matches(read(document), /npm run (?:--silent |-s )?([a-z0-9:]+)/g))
        assert.ok(script in scripts, script);
      const { known } = argumentsOf(schema);
      for (const key of matches(read(document), /video-batch-pipeline:(\w+):/g)) {
        assert.ok(key in known || key === "index", key);
      }
      for (const example of matches(read(document), /`examples\/([\w-]+)/g)) {
        assert.ok(existsSync(path.join(ROOT, "examples", example)), example);
      }
    });

    it("names files that exist", () => {
      // Names in capitals stand for one of several files.
      const files = matches(read(document), /`((?:[a-z]\w*\/)+[\w.-]+\.(?:ts|mjs|cjs))`/g);
      for (const file of files) if (!/[A-Z]{2}/.test(file)) assert.ok(existsSync(path.join(ROOT, file)), file);
    });

    it("names commands that the command line has", async () => {
      const commands = matches((await cli(["--help"])).stdout, /^ {2}(\w+)/gm);
      const named = matches(read(document), /(?:npx video-batch-pipeline|run (?:--silent|-s) vbp --) ([a-z]+)/g);
      for (const command of named) assert.ok(commands.includes(command), command);
    });
  });
}
