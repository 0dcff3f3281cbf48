// `npm run reference`: writes docs/reference.md, the tables of arguments and outputs, from the docstrings. A test says when
// they are stale.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const HEAD = `# Reference
<!-- Made by \`npm run reference\` from the docstrings in components/: change those. -->
Arguments and outputs of \`VideoBatchPipeline\`, with units, ranges and defaults. \`Input<T>\` takes a value or an output of
another resource. Everything is optional unless it says so.
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(path.join(root, "docs", "reference.md"), reference());
}

/** The whole file as the source has it now. */
export function reference() {
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
  const tables = reachable("VideoBatchPipelineArgs", interfaces).map((name) => table(name, interfaces));
  return [HEAD, ...tables, outputs(component)].join("\n");
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

function table(name, interfaces) {
  const node = interfaces.get(name);
  const rows = node.members.map((member) => {
    const required = member.questionToken ? "" : " (required)";
    return `| \`${member.name.getText()}\`${required} | ${linked(member.type, interfaces)} | ${prose(member)} |`;
  });
  return [`## ${name}`, prose(node), "", "| argument | type | meaning |", "| --- | --- | --- |", ...rows, ""].join(
    "\n",
  );
}

function outputs(node) {
  const rows = node.members
    .filter(ts.isPropertyDeclaration)
    .filter((member) => !member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.PrivateKeyword))
    .map((member) => `| \`${member.name.getText()}\` | \`${typeText(member.type)}\` | ${prose(member)} |`);
  return ["## Outputs", "", "| output | type | meaning |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

/** The type, as a link where it has a table here. */
function linked(type, interfaces) {
  const text = `\`${typeText(type)}\``;
  const table = type
    .getText()
    .match(/\w+/g)
    .find((word) => interfaces.has(word));
  return table ? `[${text}](#${table.toLowerCase()})` : text;
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
