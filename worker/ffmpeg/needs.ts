import type { MediaInput } from "../storage/storage";

/** Stands for the input where it changes nothing: work needs the same whatever it reads. */
export const ANY_INPUT: MediaInput = { url: "", protocols: [], options: [] };

/** What work needs of an ffmpeg. */
export interface Needs {
  encoders: EncoderNeed[];
  filters: string[];
  /** By the codec's name. */
  decoders: string[];
}

export interface EncoderNeed {
  name: string;
  /** How pixels are given to it. Absent where any of its own will do. */
  format?: string;
}

/** What a command of ffmpeg needs, as its arguments name it. What the input has to be decoded with, they don't say. */
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
  return together([{ encoders, filters, decoders: [] }]);
}

export function together(all: readonly Needs[]): Needs {
  const encoders = new Map(all.flatMap((one) => one.encoders).map((need) => [JSON.stringify(need), need]));
  return {
    encoders: [...encoders.values()],
    filters: [...new Set(all.flatMap(({ filters }) => filters))],
    decoders: [...new Set(all.flatMap(({ decoders }) => decoders))],
  };
}

/** The names in a filter graph. What is escaped or between quotation marks is the value of an option. */
function filtersIn(graph: string): string[] {
  const bare = graph.replace(/\\./g, "").replace(/'[^']*'/g, "");
  return bare.split(/[,;]/).flatMap((filter) => /^(?:\[[^\]]*\])*(\w+)/.exec(filter.trim())?.[1] ?? []);
}
