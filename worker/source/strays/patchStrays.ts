import type { BytePatch } from "../../../contract/sourceChanges";
import { InputError } from "../../errors/errors";
import type { ReadUpTo } from "../../storage/readRange";
import type { ProbeFormat } from "../ffprobe/output";
import { planPatches } from "./planPatches";
import type { Stray } from "./strayTimes";

/**
 * Plans what to read so that packets whose times are far off have those of their places. Undefined if none are, or none that a container's
 * timestamps tell apart. Refuses pictures whose times can't be changed: all later ones would be squeezed behind them.
 *
 * @param known What is read already.
 */
export async function patchStrays(
  name: string,
  read: ReadUpTo,
  { format_name, start_time }: ProbeFormat,
  strays: readonly Stray[],
  known: readonly BytePatch[] = [],
): Promise<BytePatch[] | undefined> {
  const patches = (await planPatches(read, format_name, strays)) ?? [];
  const isNew = patches.length > 0 && !patches.some(({ at }) => known.some((one) => one.at === at));
  if (isNew) return [...known, ...patches];
  const [picture] = strays.filter(({ isShownOnly }) => isShownOnly);
  if (!picture) return undefined;
  const { by, place } = picture;
  const off = count(Math.abs(by));
  throw new InputError(
    `${name} has a picture after ${count(place - Number(start_time ?? 0))} seconds whose timestamp is ${off} seconds too ${by < 0 ? "late" : "early"}, while those around it go on; repair its timestamps, or export it again.`,
  );
}

function count(seconds: number): string {
  return seconds.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
