import type { QueueArgs, RenditionArgs } from "../index";

/** `4k`, `8k` or a height such as `720p`. Returns the rule where the value doesn't keep it. */
export function parseRendition(value: string): RenditionArgs | string {
  const named: Record<string, number> = { "4k": 2160, "8k": 4320 };
  const height = named[value] ?? Number(/^(\d+)p$/.exec(value)?.[1]);
  return Number.isNaN(height) ? "must be 4k, 8k or a height such as 720p." : { name: value, height };
}

/** A queue's name and priority, as in `high:10`. Returns the rule where the value doesn't keep it. */
export function parseQueue(value: string): QueueArgs | string {
  const [, name, priority] = /^([^:]+):(-?\d+)$/.exec(value) ?? [];
  return name === undefined ? "must be a name and a priority, such as high:10." : { name, priority: Number(priority) };
}
