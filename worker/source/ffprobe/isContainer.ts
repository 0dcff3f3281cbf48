import type { ProbeFormat } from "./output";

/** Streams without a container. ffmpeg makes up their times while it reads, which differ from one version to another, and behind a seek. */
export const BARE: readonly string[] = ["mpegvideo", "m4v", "obu"];

/** Whether a file is in one of these containers. ffprobe names all that share its demuxer, such as `matroska,webm`. */
export function isContainer({ format_name }: Pick<ProbeFormat, "format_name">, names: readonly string[]): boolean {
  return format_name.split(",").some((name) => names.includes(name));
}
