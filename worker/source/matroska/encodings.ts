import { type Element, elements } from "./elements";

/** Elements by their identifiers (RFC 9559, 5.1.4.1.31). */
const [ENCODINGS, ENCODING] = [0x6d80, 0x6240];

/** What is done to the contents of a track before they are stored, such as compression and encryption. */
export function encodingsOf(track: readonly Element[]): Element[][] {
  const lists = track.filter(({ id }) => id === ENCODINGS).flatMap(({ body }) => elements(body));
  return lists.filter(({ id }) => id === ENCODING).map(({ body }) => elements(body));
}
