import { InputError } from "../../errors/errors";
import type { ChangedSettings } from "../flv/changedSettings";

/** Refuses an FLV in which decoding can't begin everywhere: who begins behind the change knows only the settings at the beginning. */
export function assertSameSettings(name: string, changed: ChangedSettings | undefined): void {
  if (!changed) return;
  const { codec, seconds } = changed;
  throw new InputError(
    `${name} has ${codec} whose settings change at ${seconds.toFixed(1)} seconds, and ffmpeg can't begin decoding behind that; convert it with: ffmpeg -i IN.flv -c:v libx264 -crf 16 OUT.mp4.`,
  );
}
