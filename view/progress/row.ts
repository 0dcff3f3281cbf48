import { columnsOf, cutToColumns } from "../text/columns";

export type Style = "plain" | "bold" | "dim" | "good" | "bad" | "busy";

/** One line of the terminal in pieces, so that it can be cut to the terminal's width without cutting colour codes. */
export type Row = [style: Style, text: string][];

const CODES: Record<Style, string> = { plain: "", bold: "1", dim: "2", good: "32", bad: "31", busy: "36" };

/** Tabs, and the codes that a job writes into its log, would move the cursor. */
// eslint-disable-next-line no-control-regex
const CURSOR_CODES = /\x1b\[[\d;?]*[A-Za-z]|[\0-\x1f\x7f-\x9f]/g;

/** The row as text, in at most `width` columns. */
export function renderRow(row: Row, { width, colour }: { width: number; colour: boolean }): string {
  let left = width;
  const pieces = row.map(([style, text]) => {
    const printable = text.replace(CURSOR_CODES, (code) => (code === "\t" ? " " : ""));
    const visible = cutToColumns(printable, left);
    left = Math.max(0, left - columnsOf(printable));
    return colour && CODES[style] !== "" && visible !== "" ? `\x1b[${CODES[style]}m${visible}\x1b[0m` : visible;
  });
  return pieces.join("").trimEnd();
}
