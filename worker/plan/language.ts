/**
 * Converts a container's language, usually three letters of ISO 639-2, to the BCP 47 tag that playlists use. Some languages have two codes
 * (`ger` and `deu` both become `de`). Undefined for text that is not a language.
 */
export function languageTag(stated: string | undefined): string | undefined {
  if (!stated || /^und$/i.test(stated)) return undefined;
  try {
    return Intl.getCanonicalLocales(stated)[0];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

/** The name of a language in that language, as menus show it. */
export function languageName(stated: string | undefined): string | undefined {
  const tag = languageTag(stated);
  const name = tag && new Intl.DisplayNames([tag], { type: "language", fallback: "none" }).of(tag);
  return name && name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
