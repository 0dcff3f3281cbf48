import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
/** Links and pictures in Markdown, and those in HTML, which has the pictures for light and dark. */
const LINKS = /\]\(([^)\s#]+)[^)]*\)|\bsrc(?:set)?="([^"]+)"/g;

describe("the documents in the package", () => {
  it("link only to what is in the package too", () => {
    const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const packed = execFileSync("npm", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
    const names = files.map((file) => file.path);
    const documents = names.filter((name) => name.endsWith(".md"));
    assert.ok(documents.includes("README.md") && documents.includes("docs/media.md"), documents.join(" "));
    const broken = documents.flatMap((document) =>
      linksIn(document)
        .filter((link) => !names.includes(path.posix.join(path.posix.dirname(document), link)))
        .map((link) => `${document}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });
});

function linksIn(document: string): string[] {
  const text = readFileSync(path.join(ROOT, document), "utf8");
  const links = [...text.matchAll(LINKS)].map(([, link, picture]) => (link ?? picture) as string);
  return links.filter((link) => !/^[a-z]+:/.test(link));
}
