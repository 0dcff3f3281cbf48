import { suggestion } from "../../../contract/nearest";
import { UsageError } from "../../../contract/usageError";
import type { ComputeEnvironment } from "../api/configuration";

/** A compute environment for which AWS has no capacity from the start of a run. */
export interface Shortage {
  /** ARN of the compute environment. */
  environment: string;
  /** Duration. Absent if the shortage never ends. */
  seconds?: number;
}

/** Knows which environments have capacity, and when the others get it. */
export class Capacity {
  /** Times at which capacity returns, in milliseconds since the epoch, by ARN. */
  readonly #returnTimes: ReadonlyMap<string, number>;

  constructor(shortages: readonly Shortage[], now: number) {
    this.#returnTimes = new Map(
      shortages.map(({ environment, seconds = Infinity }) => [environment, now + seconds * 1000] as const),
    );
  }

  isAvailable(environment: string, now: number): boolean {
    return (this.#returnTimes.get(environment) ?? -Infinity) <= now;
  }

  /** The time at which the next environment gets capacity. Absent if none will. */
  nextReturn(now: number): number | undefined {
    const times = [...this.#returnTimes.values()].filter((time) => time > now && time < Infinity);
    return times.length > 0 ? Math.min(...times) : undefined;
  }
}

/** Parses shortages such as `spot` or `videos-spot=20`. Throws `UsageError` with the possible values. */
export function parseShortages(texts: readonly string[], environments: readonly ComputeEnvironment[]): Shortage[] {
  return texts.map((text) => {
    const [name = "", seconds, ...more] = text.split("=");
    const invalid = (sentence: string): UsageError => new UsageError(`--without-capacity ${text}: ${sentence}`);
    const exact = environments.filter((environment) => environment.name === name);
    // The physical name is the pipeline's name followed by the name in the arguments.
    const found =
      exact.length > 0 ? exact : environments.filter((environment) => environment.name.endsWith(`-${name}`));
    const [environment] = found;
    if (!environment || found.length > 1) {
      const known = environments.map((one) => one.name);
      throw invalid(
        environment
          ? `several compute environments end with this name. Choose one of: ${found.map((one) => one.name).join(", ")}.`
          : `there is no such compute environment. ${suggestion(name, known)}`,
      );
    }
    if (seconds === undefined) return { environment: environment.arn };
    if (!(/^\d+$/.test(seconds) && Number(seconds) > 0) || more.length > 0) {
      throw invalid("the number after = must be whole seconds, at least 1.");
    }
    return { environment: environment.arn, seconds: Number(seconds) };
  });
}
