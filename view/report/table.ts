/** A table that scrolls sideways on a phone, also by keyboard. Cells are markup. The first cell is the row's header. */
export function table(head: string[], rows: string[][], label: string): string {
  const header = head.map((text) => `<th scope="col">${text}</th>`).join("");
  const body = rows.map(([first, ...rest]) => {
    const cells = rest.map((cell) => `<td>${cell}</td>`).join("");
    return `<tr><th scope="row">${first}</th>${cells}</tr>`;
  });
  return `<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table><thead><tr>${header}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}
