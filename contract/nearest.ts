/** Many names contain fewer letters by chance. */
const SHORTEST_PART = 3;

/** The known name that was probably meant: it differs by case or, for every three of its letters, by one, or only it contains the name. */
export function nearest(name: string, known: string[]): string | undefined {
  const wanted = name.toLowerCase();
  const [best] = known
    .map((one) => ({ one, most: Math.max(1, Math.floor(one.length / 3)) }))
    .filter(({ one, most }) => Math.abs(one.length - name.length) <= most)
    .map(({ one, most }) => ({ one, most, distance: editDistance(wanted, one.toLowerCase()) }))
    .filter(({ most, distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance);
  if (best) return best.one;
  const longer = name.length < SHORTEST_PART ? [] : known.filter((one) => one.toLowerCase().includes(wanted));
  return longer.length === 1 ? longer[0] : undefined;
}

/** The remedy for an unknown name: the nearest known name, and all known names. */
export function suggestion(name: string, known: string[]): string {
  const meant = nearest(name, known);
  return `${meant === undefined ? "" : `Did you mean ${meant}? `}Choose one of: ${known.join(", ")}.`;
}

/** How many letters have to be added, removed, replaced or exchanged with their neighbour. */
function editDistance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const at = (up: number, left: number): number => (up === 0 ? row : rows[i - up])?.[j - left] ?? 0;
      const exchanged = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? at(2, 2) + 1 : Infinity;
      row.push(Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + (from[i - 1] === to[j - 1] ? 0 : 1), exchanged));
    }
    rows.push(row);
  }
  return rows.at(-1)?.[to.length] ?? 0;
}
