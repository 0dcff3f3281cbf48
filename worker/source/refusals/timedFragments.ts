import { InputError } from "../../errors/errors";
import type { FirstFragments } from "../mp4/firstFragment";

/** Refuses an MP4 whose fragments only say when they begin: nothing tells when their further pictures are shown. */
export function assertTimedFragments(name: string, fragments: FirstFragments): void {
  for (const [{ what }, { isTimed }] of fragments) {
    if (isTimed) continue;
    throw new InputError(`${name} has fragments that don't say the duration of their ${what}; export it again.`);
  }
}
