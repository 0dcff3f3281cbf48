// `npm run prose`: reads every document, and with the generated ones every help text and docstring, by the rules of proseRules.mjs and a few
// of retext's. Spelling has its own command.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRetext from "remark-retext";
import retextEnglish from "retext-english";
import retextIndefiniteArticle from "retext-indefinite-article";
import retextRepeatedWords from "retext-repeated-words";
import { unified } from "unified";

import { headingRules, sentenceRules } from "./proseRules.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** "An ffmpeg": people say its letters, which no rule can know. */
const IS_SPELT_OUT = /article `an` before `ffmpeg`/;

const english = unified().use(retextEnglish).use(retextIndefiniteArticle).use(retextRepeatedWords).use(sentenceRules);

const markdown = unified()
  .use(remarkParse)
  .use(remarkFrontmatter)
  .use(remarkGfm)
  .use(headingRules)
  .use(tablesAsParagraphs)
  .use(remarkRetext, english)
  .use(function nothing() {
    this.compiler = () => "";
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of documents()) {
    for (const problem of await problemsIn(readFileSync(path.join(root, file), "utf8"))) {
      console.error(`${file}:${problem}`);
      process.exitCode = 1;
    }
  }
}

/** Problems of a Markdown text, each as "line:column message". */
export async function problemsIn(text) {
  const { messages } = await markdown.process(text);
  return messages
    .filter(({ reason }) => !IS_SPELT_OUT.test(reason))
    .map(({ line, column, reason }) => `${line}:${column} ${reason}`);
}

/** remark-retext skips tables, in which help and docstrings stand. Without blank lines it joins the cells of a row. */
function tablesAsParagraphs() {
  return (tree) => {
    for (const table of tree.children.filter(({ type }) => type === "table")) {
      const cells = table.children.flatMap((row) => row.children);
      table.type = "blockquote";
      table.children = cells.flatMap((cell) => [
        { ...cell, type: "paragraph" },
        { type: "text", value: "\n\n", position: cell.position },
      ]);
    }
  };
}

function documents() {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md"], {
    cwd: root,
    encoding: "utf8",
  });
  return listed.split("\n").filter((file) => file !== "");
}
