/**
 * An expression of ffmpeg that adds terms. Its parser nests what it adds one by one: 5.1, 8.1 and 9.0 refuse 98 terms, and 7.1 crashes on
 * 1,500. Sums of sums are nested much less.
 */
export function sumOf(terms: readonly string[]): string {
  if (terms.length < 2) return terms[0] ?? "0";
  const middle = terms.length >> 1;
  return `(${sumOf(terms.slice(0, middle))}+${sumOf(terms.slice(middle))})`;
}
