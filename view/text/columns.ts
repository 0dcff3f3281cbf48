import { characters } from "../../contract/shortenText";

/** Characters that take two columns of a terminal: emoji, flags, and those of East Asian scripts. */
const WIDE =
  /\p{Emoji_Presentation}|\p{Regional_Indicator}|\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** Columns that a text takes on a terminal. */
export function columnsOf(text: string): number {
  return characters(text).reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}

/** The beginning of a text that fits into so many columns, with a mark if that isn't all of it. */
export function cutToColumns(text: string, columns: number): string {
  // No text has more columns than twice its length.
  if (text.length * 2 <= columns || columnsOf(text) <= columns) return text;
  if (columns <= 0) return "";
  let left = columns - 1;
  const all = characters(text);
  const end = all.findIndex((character) => (left -= columnsOf(character)) < 0);
  return `${all.slice(0, end).join("")}…`;
}
