import { InputError } from "../../errors/errors";
import type { Seam } from "./findJoins";
import type { TableObstacle } from "./unifyTables";

/** How recordings are joined so that their times go on, in any container. */
const REMEDY =
  "join the recordings with `ffmpeg -fflags +genpts -f concat -safe 0 -i parts.txt -c copy joined.mkv`, where parts.txt has a line `file 'NAME'` for each";

/** For recordings that were written one after the other into a file, and whose pictures and sound can't be made one here. */
export function joinedError(name: string, seam: Seam | "other file", seconds: number): InputError {
  const what = seam === "other file" ? "another file begins" : describeSeam(seam);
  return new InputError(`${name} holds more than one recording: after ${count(seconds)} ${what}; ${REMEDY}.`);
}

/** For files of which one, that begins after so many bytes, describes its tracks otherwise than the first. */
export function otherTracksError(name: string, bytes: number): InputError {
  return new InputError(
    `${name} holds more than one recording: ${placeOf(bytes)} another file begins whose tracks aren't encoded as those of the first; convert its parts to the same codecs and join them again.`,
  );
}

/** For a transport stream whose tables change so that nobody knows which streams go on with the video, or can't name all of them. */
export function tableError(name: string, { what, after }: TableObstacle): InputError {
  const place = placeOf(after);
  if (what === "codec") return new InputError(codecChange(name, place));
  const change =
    what === "programmes" ? "other programmes begin" : "streams begin that its first table has no room for";
  return new InputError(`${name} holds more than one recording: ${place} ${change}; ${REMEDY}.`);
}

export function codecChangeError(name: string, seconds: number): InputError {
  return new InputError(codecChange(name, `after ${count(seconds)}`));
}

function codecChange(name: string, place: string): string {
  return `${name} continues in another codec ${place}; convert its parts to the same codec and join them again.`;
}

/** For times of one track that go back while those of another go on: nothing shows where its content belongs. */
export function contradictionError(
  name: string,
  what: "pictures" | "sound",
  jump: number,
  seconds: number,
): InputError {
  const other = what === "pictures" ? "sound" : "pictures";
  return new InputError(
    `${name} has ${what} whose timestamps ${describeJump(jump)} after ${count(seconds)}, while those of its ${other} continue; export or record it again.`,
  );
}

function describeSeam({ before, after }: Seam): string {
  return before.stream === after.stream ? `its timestamps ${describeJump(after.jump)}` : "other streams begin";
}

function describeJump(jump: number): string {
  return jump < 0 ? `go back by ${count(-jump)}` : `jump ahead by ${count(jump)}`;
}

function placeOf(bytes: number): string {
  return `after ${(bytes / 1e6).toLocaleString("en-US", { maximumFractionDigits: 1 })} MB`;
}

function count(seconds: number): string {
  const text = seconds.toLocaleString("en-US", { maximumFractionDigits: 1 });
  return `${text} ${text === "1" ? "second" : "seconds"}`;
}
