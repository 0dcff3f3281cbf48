import { outputs } from "../../contract/outputs";
import type { ReadableFiles } from "../../aws/outputFiles";
import { changesOf, thumbnailsOf, type Features } from "../../view/report/report";

/** Pictures up to this many bytes are put into the page. */
const EMBEDDED = 3_000_000;

/**
 * What was found in the video. Of a run that failed there may be any part of it.
 *
 * @param link Of the output, as the page has it: larger pictures stay there.
 */
export async function readFeatures(files: ReadableFiles, link?: string): Promise<Features> {
  const [poster, sprite, cues, scenes] = await Promise.all([
    files.read(outputs.poster),
    files.read(outputs.sprite),
    files.text(outputs.thumbnails),
    files.json(outputs.scenes),
  ]);
  const picture = (name: string, content: Buffer): string =>
    link !== undefined && content.length > EMBEDDED
      ? `${link}${outputs.feature(name)}`
      : `data:image/jpeg;base64,${content.toString("base64")}`;
  return {
    ...(poster === undefined ? {} : { poster: picture("poster.jpg", poster) }),
    ...(sprite === undefined ? {} : { sprite: picture("sprite.jpg", sprite) }),
    thumbnails: cues === undefined ? [] : thumbnailsOf(cues),
    changes: changesOf(scenes),
  };
}
