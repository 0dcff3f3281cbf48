import type { Limit } from "../rules/numbers";

/** Limits of uploads that start executions. */
export const UPLOAD_LIMITS = {
  minimumBytes: {
    min: 0,
    max: 5_000_000_000,
    unit: "bytes",
    remedy: "EventBridge doesn't compare larger numbers. With 0, uploads of any size start an execution.",
  },
} satisfies Record<string, Limit>;
