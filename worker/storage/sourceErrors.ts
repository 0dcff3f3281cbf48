import { InputError } from "../errors/errors";
import { baseName, quote } from "./uri";

export function goneError(uri: string): InputError {
  return new InputError(`${quote(baseName(uri))} no longer exists; upload it and start the pipeline again.`);
}

export function replacedError(uri: string): InputError {
  return new InputError(`${quote(baseName(uri))} was replaced while it was read; start the pipeline again.`);
}
