import { ffmpeg } from "../../support/clips";
import { describeExact } from "./describeExact";
import { fieldPictures, FIELDS_ONLY } from "./fieldPictures";
import { BWDIF, type Source } from "./sources";

const likeOf = (path: string): string => `${path}.like.ts`;

/** Gives the second field of each picture another time, by an expression of the times of its first and its own. */
function secondAt(time: string): Source["make"] {
  return async (path) => {
    await fieldPictures(likeOf(path), [], FIELDS_ONLY);
    // Fields are decoded three pictures before they are shown.
    const times = `setts=pts='if(mod(N,2),${time},PTS)':dts=DTS-0.12/TB`;
    await ffmpeg("-copyts", "-i", likeOf(path), "-map", "0", "-c", "copy", "-bsf:v", times, `file:${path}`);
  };
}

const SOURCES: Source[] = [
  // As written where only first fields have a time.
  { name: "when the second is decoded, in Matroska", file: "decoded.mkv", make: secondAt("DTS-0.12/TB") },
  { name: "one time for both, in a transport stream", file: "equal.ts", make: secondAt("PREV_INPTS") },
].map((source) => ({ ...source, like: likeOf, shown: BWDIF }));

describeExact("the two fields of a picture are one, whatever the second one's time:", SOURCES);
