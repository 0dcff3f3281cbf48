import { THREE_LETTERS } from "./languageCodes";

/** Tags that RFC 5646, 4.1, advises against where a tag may be left out: unknown, several, and not coded. */
const UNSPECIFIC = ["und", "mul", "mis"];

/** Codes of ISO 639-2 that are for private use. */
const PRIVATE_USE = /^q[a-t][a-z]$/;

/** Languages such as Cantonese, `zh-yue`, whose canonical tag is what stands behind the language that they count to (RFC 5646, 4.5). */
const EXTENDED = /^(?:ar|kok|lv|ms|sgn|sw|uz|zh)-([a-z]{3})(?=-|$)/i;

/**
 * Converts a container's language, usually three letters of ISO 639-2, to the BCP 47 tag that playlists use. Some languages have two codes
 * (`ger` and `deu` both become `de`), and some files have a name (`English`, `français`). Undefined for text that is not a language.
 */
export function languageTag(stated: string | undefined): string | undefined {
  // Locales of systems look like `pt_BR.UTF-8`.
  const text = (stated ?? "")
    .trim()
    .replace(/[.@].*$/, "")
    .replaceAll("_", "-")
    .replace(EXTENDED, "$1");
  return registeredTag(text) ?? namedTags().get(text.toLowerCase());
}

/** The language, script and region of a tag, each only if it is registered: being well-formed says little, for `english` is. */
function registeredTag(text: string): string | undefined {
  const { language, script, region } = parseLocale(text) ?? {};
  if (language === undefined || UNSPECIFIC.includes(language)) return undefined;
  if (!PRIVATE_USE.test(language) && !isRegistered("language", language)) return undefined;
  return [
    language,
    ...(script !== undefined && isRegistered("script", script) ? [script] : []),
    ...(region !== undefined && isRegistered("region", region) ? [region] : []),
  ].join("-");
}

function parseLocale(text: string): Intl.Locale | undefined {
  try {
    const [canonical] = Intl.getCanonicalLocales(text);
    return canonical === undefined ? undefined : new Intl.Locale(canonical);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

function isRegistered(type: "language" | "script" | "region", code: string): boolean {
  return new Intl.DisplayNames(["en"], { type, fallback: "none" }).of(code) !== undefined;
}

let tagsByName: Map<string, string> | undefined;

/** The tags of the languages of ISO 639-1 by their names in lower case, in English and in the language itself. */
function namedTags(): ReadonlyMap<string, string> {
  tagsByName ??= new Map(
    [...THREE_LETTERS.keys()].flatMap((tag) =>
      [nameIn("en", tag), nameIn(tag, tag)].flatMap((name): [string, string][] =>
        name ? [[name.toLowerCase(), tag]] : [],
      ),
    ),
  );
  return tagsByName;
}

/** The name of a language in that language, as menus show it. */
export function languageName(stated: string | undefined): string | undefined {
  const tag = languageTag(stated);
  const name = tag && nameIn(tag, tag);
  return name && name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/** Falls back to English, so that names don't depend on the machine's own language. */
function nameIn(locale: string, tag: string): string | undefined {
  return new Intl.DisplayNames([locale, "en"], { type: "language", fallback: "none" }).of(tag);
}

/** The three letters of ISO 639-2/T that MP4 uses for a language. Undefined for text that is not a language. */
export function mediaLanguageCode(stated: string | undefined): string | undefined {
  const language = languageTag(stated)?.split("-")[0];
  return THREE_LETTERS.get(language ?? "") ?? (language?.length === 3 ? language : undefined);
}
