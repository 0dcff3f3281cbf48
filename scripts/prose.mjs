// `npm run prose`: reads every document, and with the generated ones every help text and docstring, by the rules of proseRules.mjs and a few
// of retext's. It also reads what errors say. Spelling has its own command.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
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

import { errorTexts } from "./errorTexts.mjs";
import { headingRules, sentenceRules } from "./proseRules.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** "An ffmpeg": people say its letters, which no rule can know. */
const IS_SPELT_OUT = /article `an` before `ffmpeg`/;

const ENGLISH = { plugins: [retextEnglish, retextIndefiniteArticle, retextRepeatedWords, sentenceRules] };

const plainText = unified().use(ENGLISH).use(compileNothing);

const markdown = unified()
  .use(remarkParse)
  .use(remarkFrontmatter)
  .use(remarkGfm)
  .use(headingRules)
  .use(tablesAsParagraphs)
  .use(remarkRetext, unified().use(ENGLISH))
  .use(compileNothing);

/** The rooms whose errors people read. */
const ROOMS = ["aws", "cli", "components", "contract", "plugin", "runner", "stacks", "testing", "view", "worker"];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (file) => readFileSync(path.join(root, file), "utf8");
  const report = (file, problems) => {
    for (const problem of problems) {
      console.error(`${file}:${problem}`);
      process.exitCode = 1;
    }
  };
  for (const file of listFiles("*.md")) report(file, await problemsIn(read(file)));
  for (const file of listFiles(...ROOMS.map((room) => `${room}/*.ts`)))
    report(file, await problemsOfErrors(read(file)));
}

/** Problems of a Markdown text, each as "line:column message". */
export async function problemsIn(text) {
  const { messages } = await markdown.process(text);
  return messages
    .filter(({ reason }) => !IS_SPELT_OUT.test(reason))
    .map(({ line, column, reason }) => `${line}:${column} ${reason}`);
}

/** Problems of what the errors of a source file say, each as "line message". */
export async function problemsOfErrors(source) {
  const problems = [];
  for (const { line, text } of errorTexts(source)) {
    const { messages } = await plainText.process(text);
    problems.push(...messages.map(({ reason }) => `${line} ${reason}`));
  }
  return problems;
}

function compileNothing() {
  this.compiler = () => "";
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

function listFiles(...patterns) {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", ...patterns], {
    cwd: root,
    encoding: "utf8",
  });
  return listed.split("\n").filter((file) => file !== "" && existsSync(path.join(root, file)));
}
