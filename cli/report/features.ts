import { type ObjectPath, outputs } from "../../contract/outputs";
import type { ReadableFiles } from "../../aws/outputFiles";
import { changesOf, thumbnailsOf, type Features } from "../../view/report/report";

/** Pictures up to this many bytes are embedded in the page. */
const MAX_EMBEDDED_BYTES = 3_000_000;

/**
 * Reads the poster, thumbnails and scene changes. After a failed run any of them can be missing.
 *
 * @param link Link from the page to the output. The page links to larger pictures there instead of embedding them.
 */
export async function readFeatures(files: ReadableFiles, link?: string): Promise<Features> {
  const [poster, sprite, cues, scenes] = await Promise.all([
    files.read(outputs.poster),
    files.read(outputs.sprite),
    files.text(outputs.thumbnails),
    files.json(outputs.scenes),
  ]);
  const picture = (name: ObjectPath, content: Buffer): string =>
    link !== undefined && content.length > MAX_EMBEDDED_BYTES
      ? `${link}${outputs.feature(name)}`
      : `data:image/jpeg;base64,${content.toString("base64")}`;
  return {
    ...(poster === undefined ? {} : { poster: picture("poster.jpg", poster) }),
    ...(sprite === undefined ? {} : { sprite: picture("sprite.jpg", sprite) }),
    thumbnails: cues === undefined ? [] : thumbnailsOf(cues),
    changes: changesOf(scenes),
  };
}
