import { columnsOf } from "../../view/text/columns";

/** How much further a continued line is indented than its first one. */
const CONTINUED = 4;

/**
 * A line of a table as a terminal of so many columns can show it: what doesn't fit continues below, first at the gaps between the table's
 * columns, then between words. A word is never broken, because it may be a name to copy. Without a terminal the line stays as it is.
 */
export function fitLine(line: string, columns: number | undefined): string {
  if (columns === undefined || columnsOf(line) <= columns) return line;
  const [indent = ""] = /^ */.exec(line) ?? [];
  const lines: string[] = [];
  let current = "";
  const add = (gap: string, text: string): void => {
    const longer = current === "" ? `${indent}${text}` : `${current}${gap}${text}`;
    if (current === "" || columnsOf(longer) <= columns) return void (current = longer);
    lines.push(current);
    current = `${indent}${" ".repeat(CONTINUED)}${text}`;
  };
  for (const [, gap = "", cell = ""] of line.trim().matchAll(/( {2,}|^)(.+?)(?= {2,}|$)/g)) {
    const room = columns - indent.length - CONTINUED;
    if (columnsOf(cell) <= room) add(lines.length === 0 ? gap : "  ", cell);
    else cell.split(" ").forEach((word, index) => add(index > 0 ? " " : gap, word));
  }
  return [...lines, current].join("\n");
}
