/** A table that can be scrolled sideways on a phone, by keyboard too. Cells are markup; the first one is the row's head. */
export function table(head: string[], rows: string[][], label: string): string {
  const header = head.map((text) => `<th scope="col">${text}</th>`).join("");
  const body = rows.map(([first, ...rest]) => {
    const cells = rest.map((cell) => `<td>${cell}</td>`).join("");
    return `<tr><th scope="row">${first}</th>${cells}</tr>`;
  });
  return `<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table><thead><tr>${header}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}
