import type { Run } from "../../contract/run";

/** Seconds until the first second was playable, and until everything was complete. */
export interface Times {
  secondsToFirstPlayable?: number;
  secondsToComplete?: number;
}

export function timesOf({ status, started, ended, playable }: Run): Times {
  const since = (time: string): number => (Date.parse(time) - Date.parse(started)) / 1000;
  const first = playable?.[0];
  return {
    ...(first ? { secondsToFirstPlayable: since(first.time) } : {}),
    ...(status === "SUCCEEDED" && ended !== undefined ? { secondsToComplete: since(ended) } : {}),
  };
}
