import { alwaysStarts, mayEqual, mayStart, type Text } from "./values";

/** `*` is any text, unless a backslash stands before it. Nothing but `*` and the backslash may be escaped. */
export function isWildcard(text: string): boolean {
  return /^(\\[\\*]|[^\\])*$/su.test(text) && !/\*\*/.test(text.replace(/\\[\\*]/gu, ""));
}

export function mayFit(value: Text, wildcard: string): boolean {
  if (typeof value === "string") return expressionOf(wildcard).test(value);
  const { start, isWhole } = startOf(wildcard);
  return isWhole ? mayEqual(value, start) : mayStart(value, start);
}

/** Whether all texts of these fit. Of those whose end isn't known, only a wildcard that ends with its only `*` can say so. */
export function alwaysFits(value: Text, wildcard: string): boolean {
  if (typeof value === "string") return mayFit(value, wildcard);
  const { start, rest } = startOf(wildcard);
  return rest === "*" && alwaysStarts(value, start);
}

/** The text before the first `*`, which is all of it if there is none. */
function startOf(wildcard: string): { start: string; rest: string; isWhole: boolean } {
  const pieces = piecesOf(wildcard);
  const first = pieces.indexOf("*");
  const end = first < 0 ? pieces.length : first;
  const start = pieces.slice(0, end).map(plain).join("");
  return { start, rest: pieces.slice(end).join(""), isWhole: first < 0 };
}

function expressionOf(wildcard: string): RegExp {
  const source = piecesOf(wildcard).map((piece) => (piece === "*" ? ".*" : escapeExpression(plain(piece))));
  return new RegExp(`^${source.join("")}$`, "su");
}

function piecesOf(wildcard: string): string[] {
  return [...wildcard.matchAll(/\\[\\*]|[^\\]/gsu)].map(([piece]) => piece);
}

function plain(piece: string): string {
  return piece.startsWith("\\") ? piece.slice(1) : piece;
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&");
}
