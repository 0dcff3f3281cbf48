import type { JobInput, JobSettings } from "./settings";

/** What an output takes whose settings name no audio selector. */
const DEFAULT_SOURCE = "Audio Selector 1";

/**
 * Which audio of the outputs is silent because an input has nothing for it. MediaConvert doesn't refuse that: it inserts silence.
 * @see https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html
 */
export function silentAudio({ Inputs = [], OutputGroups = [] }: JobSettings): string[] {
  return OutputGroups.flatMap(({ Outputs = [] }, group) =>
    Outputs.flatMap(({ AudioDescriptions = [] }, output) =>
      AudioDescriptions.flatMap(({ AudioSourceName: source = DEFAULT_SOURCE }, audio) =>
        Inputs.flatMap((input, index) =>
          hasSource(input, source)
            ? []
            : [
                `/outputGroups/${group}/outputs/${output}/audioDescriptions/${audio}: Input ${index} has neither "${source}" nor a default audio selector, so this audio is silent`,
              ],
        ),
      ),
    ),
  );
}

function hasSource({ AudioSelectors = {}, AudioSelectorGroups = {} }: JobInput, source: string): boolean {
  return (
    Object.hasOwn(AudioSelectors, source) ||
    Object.hasOwn(AudioSelectorGroups, source) ||
    Object.values(AudioSelectors).some(({ DefaultSelection }) => DefaultSelection === "DEFAULT")
  );
}
