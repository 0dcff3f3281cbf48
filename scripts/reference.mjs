// `npm run reference`: writes the tables of arguments and outputs into README.md, from the docstrings. A test says when
// they are stale.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const readme = path.join(root, "README.md");
const BEGIN = "<!-- reference: made by `npm run reference` -->";
const END = "<!-- end of reference -->";

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(readme, withReference(readFileSync(readme, "utf8")));
}

/** The README's text with the tables as the source has them now. */
export function withReference(text) {
  const [before, rest] = text.split(BEGIN);
  if (rest === undefined) throw new Error(`README.md has no line ${BEGIN}`);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`README.md has no line ${END}`);
  return `${before}${BEGIN}\n${reference()}${END}${after}`;
}

function reference() {
  const program = ts.createProgram([path.join(root, "index.ts")], {
    noResolve: false,
    types: [],
    skipLibCheck: true,
    noLib: true,
  });
  program.getTypeChecker(); // Only bound nodes know their parents, and with them their text.
  const sources = program.getSourceFiles().filter((file) => file.fileName.startsWith(path.join(root, "components")));
  const interfaces = new Map(
    sources.flatMap((file) => file.statements.filter(ts.isInterfaceDeclaration)).map((node) => [node.name.text, node]),
  );
  const component = sources
    .flatMap((file) => file.statements.filter(ts.isClassDeclaration))
    .find((node) => node.name?.text === "VideoBatchPipeline");
  const tables = reachable("VideoBatchPipelineArgs", interfaces).map((name) => table(name, interfaces.get(name)));
  return [...tables, outputs(component)].join("\n");
}

/** An interface and those that its members name, each once, in the order in which a reader meets them. */
function reachable(name, interfaces, seen = []) {
  if (seen.includes(name)) return seen;
  seen.push(name);
  for (const member of interfaces.get(name).members) {
    for (const word of member.type.getText().match(/\w+/g) ?? [])
      if (interfaces.has(word)) reachable(word, interfaces, seen);
  }
  return seen;
}

function table(name, node) {
  const rows = node.members.map((member) => {
    const required = member.questionToken ? "" : " (required)";
    return `| \`${member.name.getText()}\`${required} | \`${typeText(member.type)}\` | ${prose(member)} |`;
  });
  return [`#### ${name}`, prose(node), "", "| argument | type | meaning |", "| --- | --- | --- |", ...rows, ""].join(
    "\n",
  );
}

function outputs(node) {
  const rows = node.members
    .filter(ts.isPropertyDeclaration)
    .filter((member) => !member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.PrivateKeyword))
    .map((member) => `| \`${member.name.getText()}\` | \`${typeText(member.type)}\` | ${prose(member)} |`);
  return ["#### Outputs", "", "| output | type | meaning |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

function typeText(type) {
  return type.getText().replace(/\s+/g, " ").replaceAll("pulumi.", "").replaceAll("|", "\\|");
}

function prose(node) {
  const docs = node.jsDoc?.at(-1);
  const text = ts.getTextOfJSDocComment(docs?.comment) ?? "";
  const example = docs?.tags?.some((tag) => tag.tagName.text === "example");
  if (text === "" && !example) throw new Error(`${node.name.getText()} has no docstring.`);
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
}
