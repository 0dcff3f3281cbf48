import type { ProbeFormat } from "./output";

/** Whether a file is in one of these containers. ffprobe names all that share its demuxer, such as `matroska,webm`. */
export function isContainer({ format_name }: Pick<ProbeFormat, "format_name">, names: readonly string[]): boolean {
  return format_name.split(",").some((name) => names.includes(name));
}
