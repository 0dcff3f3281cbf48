import { InputError } from "../errors/errors";

/**
 * A URI in this project is never percent-encoded: it has the key of an object or the path of a file exactly as it is. Node's `URL` would
 * change spaces, `#`, `%` and double slashes.
 */
export interface Location {
  scheme: "file" | "s3";
  /** Empty for files. */
  bucket: string;
  /** The object's key, or the absolute path of a file without its first slash. */
  key: string;
}

export function parseUri(uri: string): Location {
  const match = /^(file|s3):\/\/([^/]*)(?:\/([\s\S]*))?$/.exec(uri);
  if (!match) {
    throw new InputError(`${quote(uri)} must be a URI such as s3://bucket/key or file:///absolute/path.`);
  }
  const [, scheme, bucket = "", key = ""] = match;
  if (scheme === "file") {
    if (bucket !== "") throw new InputError(`${quote(uri)} must have three slashes, as in file:///absolute/path.`);
    return { scheme, bucket, key };
  }
  if (bucket === "") throw new InputError(`${quote(uri)} must name a bucket, as in s3://bucket/key.`);
  return { scheme: "s3", bucket, key };
}

/** Joins a prefix and the name of an object below it, whether or not the prefix ends in a slash. */
export function joinUri(base: string, name: string): string {
  return base.endsWith("/") ? base + name : `${base}/${name}`;
}

/** The last component of a URI's path, which people call the file's name. */
export function baseName(uri: string): string {
  const { bucket, key } = parseUri(uri);
  return key.split("/").filter(Boolean).at(-1) ?? bucket;
}

/** Quotes a name for messages, and replaces control characters, which could break a log line in two. */
export function quote(name: string): string {
  // eslint-disable-next-line no-control-regex
  return `"${name.replace(/[\u0000-\u001f\u007f]/g, "?")}"`;
}
