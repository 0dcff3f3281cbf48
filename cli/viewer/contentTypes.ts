import { CONTENT_TYPES } from "../../contract/outputs";

const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...CONTENT_TYPES,
    html: "text/html; charset=utf-8",
    log: "text/plain; charset=utf-8",
  }),
);

/** The content type of a file of a run. A user's own container can write files of any kind, which a browser downloads. */
export function contentTypeOf(name: string): string {
  return TYPES.get(name.slice(name.lastIndexOf(".") + 1)) ?? "application/octet-stream";
}
