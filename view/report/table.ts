/** A table whose rows become lists where it has no room. Cells are markup. The first cell is the row's header. */
export function table(head: string[], rows: string[][], label: string): string {
  const header = head.map((text) => `<th scope="col">${text}</th>`).join("");
  const body = rows.map(([first, ...rest]) => {
    const cells = rest
      .map((cell, index) => `<td role="cell"${look(cell)} data-label="${head[index + 1]}">${cell}</td>`)
      .join("");
    return `<tr role="row"><th role="rowheader" scope="row">${first}</th>${cells}</tr>`;
  });
  return `<div class="table"><table role="table" aria-label="${label}"><thead><tr>${header}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

/** Characters that a cell shows in one line. */
const MAX_LINE = 20;

function look(cell: string): string {
  return cell.replace(/<[^>]*>/g, "").length > MAX_LINE ? ' class="long"' : "";
}
