/**
 * A language as playlists state it, by BCP 47, from what a container says: mostly three letters of ISO 639-2, of which some
 * languages have two sets (`ger` and `deu` are both `de`). Nothing for what is no language.
 */
export function languageTag(stated: string | undefined): string | undefined {
  if (!stated || /^und$/i.test(stated)) return undefined;
  try {
    return Intl.getCanonicalLocales(stated)[0];
  } catch {
    return undefined;
  }
}

/** The language's name in that language, as menus show it. */
export function languageName(stated: string | undefined): string | undefined {
  const tag = languageTag(stated);
  const name = tag && new Intl.DisplayNames([tag], { type: "language", fallback: "none" }).of(tag);
  return name && name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
