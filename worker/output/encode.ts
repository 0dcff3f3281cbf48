import { createHash } from "node:crypto";

import type { EncodedBy } from "../../contract/encodedBy";
import { type Fingerprinted, markOf } from "../../contract/outputs";

/** What one encoder makes of a track for one plan. */
export interface Encode extends Fingerprinted {
  encodedBy: EncodedBy;
}

/** The mark in the names of its media and records. */
export function encodeMark({ fingerprint, encodedBy }: Encode): string {
  const { ffmpeg, libavcodec, encoder, library } = encodedBy;
  const who = createHash("sha256").update(JSON.stringify([ffmpeg, libavcodec, encoder, library]));
  return markOf({ fingerprint }, who.digest("hex").slice(0, 8));
}

/** The encoder's name for messages. */
export function nameOf({ ffmpeg, encoder, library }: EncodedBy): string {
  return `${[encoder, ...(library === undefined ? [] : [library])].join(" ")} of ffmpeg ${ffmpeg}`;
}
