import { CONTENT_TYPES } from "../../contract/outputs";
import { InputError } from "../errors/errors";

export function contentType(name: string): string {
  const type = CONTENT_TYPES[name.slice(name.lastIndexOf(".") + 1)];
  if (!type) throw new InputError(`No content type is known for ${name}.`);
  return type;
}
