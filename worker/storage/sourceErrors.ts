import { InputError } from "../errors/errors";
import { baseName, quote } from "./uri";

export function goneError(uri: string): InputError {
  return new InputError(`${quote(baseName(uri))} is no longer there.`);
}

export function replacedError(uri: string): InputError {
  return new InputError(`${quote(baseName(uri))} was replaced while it was read; start the pipeline again.`);
}
