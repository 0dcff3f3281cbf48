import { CONTENT_TYPES } from "../../contract/outputs";
import { InputError } from "../errors/errors";

const BY_EXTENSION: ReadonlyMap<string, string> = new Map(Object.entries(CONTENT_TYPES));

/** Every driver asks for it before it writes: what S3 should not have without one is refused on a disk too. */
export function contentType(name: string): string {
  const type = BY_EXTENSION.get(name.slice(name.lastIndexOf(".") + 1));
  if (type === undefined) throw new InputError(`No content type is known for ${name}.`);
  return type;
}
