import { MAX_LENGTH } from "../../../contract/executionName";
import { bind, block, type Code, literal } from "./code";

/** Hexadecimal digits that the name keeps of the 64 of SHA-256: as many bits as a UUID has. */
const UNIQUE_LENGTH = 32;
const WANTED_UPLOAD =
  "The name of an upload's execution needs detail.bucket.name, detail.object.key and detail.object.sequencer of S3's Object Created event. Pass the whole event.";

/**
 * The name of the execution for an upload: the readable part of the file's name, and a hash of bucket, sequencer and key. So
 * a repeated event gets the same name, and a new upload of the same key gets another. Fails with a sentence for people if the
 * event is not S3's.
 *
 * Reads `$states.input`, which must be S3's event that an object was created, as EventBridge delivers it.
 */
export function uploadExecutionName(): Code {
  return block(
    bind("$bucket", "$states.input.detail.bucket.name"),
    bind("$key", "$states.input.detail.object.key"),
    bind("$sequencer", "$states.input.detail.object.sequencer"),
    bind("$known", ["$bucket", "$key", "$sequencer"].map(isText).join(" and ")),
    // Neither a bucket's name nor a sequencer has a slash, so no two uploads are joined to the same text.
    bind("$text", `$known ? $bucket & '/' & $sequencer & '/' & $key : $error(${literal(WANTED_UPLOAD)})`),
    bind("$file", "$replace($split($key, '/')[-1], /[^A-Za-z0-9_]+/, '-')"),
    bind("$readable", `$replace($substring($file, 0, ${MAX_LENGTH - UNIQUE_LENGTH - 1}), /^-+|-+$/, '')`),
    `($readable = '' ? 'video' : $readable) & '-' & $substring($hash($text, 'SHA-256'), 0, ${UNIQUE_LENGTH})`,
  );
}

function isText(variable: Code): Code {
  return `$type(${variable}) = 'string' and ${variable} != ''`;
}
