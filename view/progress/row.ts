import { characters } from "../../contract/shortenText";

export type Style = "plain" | "bold" | "dim" | "good" | "bad" | "busy";

/** One line of the terminal in pieces, so that it can be cut to the terminal's width without cutting colour codes. */
export type Row = [style: Style, text: string][];

const CODES: Record<Style, string> = { plain: "", bold: "1", dim: "2", good: "32", bad: "31", busy: "36" };

/** The row as text, with at most `width` characters. */
export function renderRow(row: Row, { width, colour }: { width: number; colour: boolean }): string {
  let left = width;
  const pieces = row.map(([style, text]) => {
    const all = characters(text);
    const cut = all.length > left ? [...all.slice(0, Math.max(0, left - 1)), left > 0 ? "…" : ""] : all;
    left = Math.max(0, left - all.length);
    const visible = cut.join("");
    return colour && CODES[style] !== "" && visible !== "" ? `\x1b[${CODES[style]}m${visible}\x1b[0m` : visible;
  });
  return pieces.join("").trimEnd();
}
