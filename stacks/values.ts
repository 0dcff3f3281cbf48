import type { QueueArgs, RenditionArgs } from "../index";

/**
 * Parses `4k`, `8k` or a height such as `720p`, optionally with a codec as in `720p:av1`, which becomes part of the rendition's
 * name. Returns the rule if the value breaks it.
 */
export function parseRendition(value: string): RenditionArgs | string {
  const named: Record<string, number> = { "4k": 2160, "8k": 4320 };
  const [size = "", codec, ...rest] = value.split(":");
  const height = named[size] ?? Number(/^(\d+)p$/.exec(size)?.[1]);
  if (Number.isNaN(height) || codec === "" || rest.length > 0) {
    return "must be 4k, 8k or a height such as 720p, optionally followed by a codec, such as 720p:av1.";
  }
  return codec === undefined || codec === "h264" ? { name: size, height } : { name: `${size}-${codec}`, height, codec };
}

/** Parses a queue's name and priority, as in `high:10`. Returns the rule if the value breaks it. */
export function parseQueue(value: string): QueueArgs | string {
  const [, name, priority] = /^([^:]+):(-?\d+)$/.exec(value) ?? [];
  return name === undefined ? "must be a name and a priority, such as high:10." : { name, priority: Number(priority) };
}
