import type { MediaInput } from "./input";

/** A placeholder for the input: what work needs does not depend on it. */
export const ANY_INPUT: MediaInput = { url: "", name: "", failed: new AbortController().signal };

/** The encoders, filters and decoders that work needs ffmpeg to have. */
export interface Needs {
  encoders: EncoderNeed[];
  filters: string[];
  /** The names of their codecs. */
  decoders: string[];
}

export interface EncoderNeed {
  name: string;
  /** The pixel format of its input. Absent where any that it accepts will do. */
  format?: string;
}

/** Reads from ffmpeg's arguments what they need. They don't show which decoders the input needs. */
export function needsOf(args: readonly string[]): Needs {
  const encoders: EncoderNeed[] = [];
  const filters: string[] = [];
  let graph = "";
  args.forEach((arg, index) => {
    const value = args[index + 1] ?? "";
    if (arg === "-vf" || arg === "-af" || arg === "-filter_complex") {
      graph = value;
      filters.push(...filtersIn(graph));
    }
    if (arg === "-c:v" || arg === "-c:a") {
      const format = [...graph.matchAll(/(?:^|,)format=(\w+)/g)].at(-1)?.[1];
      encoders.push({ name: value, ...(arg === "-c:v" && format ? { format } : {}) });
    }
  });
  return mergeNeeds([{ encoders, filters, decoders: [] }]);
}

export function mergeNeeds(all: readonly Needs[]): Needs {
  const encoders = new Map(all.flatMap((one) => one.encoders).map((need) => [JSON.stringify(need), need]));
  return {
    encoders: [...encoders.values()],
    filters: [...new Set(all.flatMap(({ filters }) => filters))],
    decoders: [...new Set(all.flatMap(({ decoders }) => decoders))],
  };
}

/** The names of filters in a graph. Text that is escaped or in quotation marks is the value of an option. */
function filtersIn(graph: string): string[] {
  const bare = graph.replace(/\\./g, "").replace(/'[^']*'/g, "");
  return bare.split(/[,;]/).flatMap((filter) => /^(?:\[[^\]]*\])*(\w+)/.exec(filter.trim())?.[1] ?? []);
}
