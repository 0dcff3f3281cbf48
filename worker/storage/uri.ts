import { InputError } from "../errors";

/**
 * A URI of this project is a scheme and a raw rest: nothing in it is percent-encoded, so that an object's key and a
 * file's name are in it letter by letter. Node's `URL` would change spaces, `#`, `%` and doubled slashes.
 */
export interface Location {
  scheme: "file" | "s3";
  /** Empty for files. */
  bucket: string;
  /** The object's key; for a file its absolute path without the first slash. */
  key: string;
}

export function parseUri(uri: string): Location {
  const match = /^(file|s3):\/\/([^/]*)(?:\/([\s\S]*))?$/.exec(uri);
  if (!match) {
    throw new InputError(`${quoted(uri)} must be a URI such as s3://bucket/key or file:///absolute/path.`);
  }
  const [, scheme, bucket = "", key = ""] = match;
  if (scheme === "file") {
    if (bucket !== "") throw new InputError(`${quoted(uri)} must have three slashes, as in file:///absolute/path.`);
    return { scheme, bucket, key };
  }
  if (bucket === "") throw new InputError(`${quoted(uri)} must name a bucket, as in s3://bucket/key.`);
  return { scheme: "s3", bucket, key };
}

/** The URI of `name` below the prefix `base`, whether or not `base` ends in a slash. */
export function below(base: string, name: string): string {
  return base.endsWith("/") ? base + name : `${base}/${name}`;
}

/** The last piece of a URI's path: what a person calls the file. */
export function baseName(uri: string): string {
  const { bucket, key } = parseUri(uri);
  return key.split("/").filter(Boolean).at(-1) ?? bucket;
}

/** A name as it appears in messages: control characters would break a log line in two. */
export function quoted(name: string): string {
  // eslint-disable-next-line no-control-regex
  return `"${name.replace(/[\u0000-\u001f\u007f]/g, "?")}"`;
}
