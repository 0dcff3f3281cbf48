// What errors say: the texts in a source's `throw new …(…)`, and in each other `new …Error(…)`.
import ts from "typescript";

/** Errors in the words of a service, which a local run repeats. */
const IN_THE_WORDS_OF_AWS = ["StatesError"];

/**
 * The texts of errors in a source file, each with its line. A value stands in a text as a word with a number: `X1 has no file X2.` So does
 * a part that depends on a condition, and a command between backquotes.
 */
export function errorTexts(source) {
  const parsed = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isNewExpression(node) && isError(node)) found.push(...(node.arguments ?? []).flatMap(textsOf));
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found.map(({ node, text }) => ({
    line: parsed.getLineAndCharacterOfPosition(node.getStart()).line + 1,
    text: text.replace(/`[^`]*`/g, "X"),
  }));
}

function isError({ parent, expression }) {
  const name = expression.getText();
  return !IN_THE_WORDS_OF_AWS.includes(name) && (ts.isThrowStatement(parent) || name.endsWith("Error"));
}

/** Each branch of a condition is a text of its own. */
function textsOf(node) {
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(textsOf);
  if (ts.isStringLiteralLike(node)) return [{ node, text: node.text }];
  if (!ts.isTemplateExpression(node)) return [];
  const spans = node.templateSpans.map(({ literal }, index) => `X${index + 1}${literal.text}`);
  return [{ node, text: [node.head.text, ...spans].join("") }];
}
