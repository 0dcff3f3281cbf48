/** Finds what a reader takes for one character: a letter with its accents, a flag, a family of four. */
const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The characters of a text as a reader counts them. */
export function characters(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

/**
 * The beginning of a text, up to the last whole character that fits into a length. Half a character may be another one, or a code that no
 * file can hold. Only a first character that is longer by itself is cut, between its code points.
 */
export function shortenText(text: string, length: number): string {
  if (text.length <= length) return text;
  // Segmenting takes time in proportion to the text, which may be megabytes; a character that matters begins before the limit.
  const near = text.slice(0, 2 * length);
  return thoseThatFit(characters(near), length).join("") || thoseThatFit([...near], length).join("");
}

/** The end of a text, from the first whole character that fits into a length. */
export function endOfText(text: string, length: number): string {
  return thoseThatFit(characters(text).reverse(), length).reverse().join("");
}

/** The first of some pieces, as long as they fit into a length. */
function thoseThatFit(pieces: readonly string[], length: number): string[] {
  let left = length;
  const end = pieces.findIndex((piece) => (left -= piece.length) < 0);
  return end < 0 ? [...pieces] : pieces.slice(0, end);
}
