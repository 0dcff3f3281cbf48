import type { Run } from "./record";

/** What a run left out that was to be made: names of renditions, and `features`. Its notice says so. */
export function missingFrom({ notifications }: Pick<Run, "notifications">): string[] {
  return notifications.flatMap(({ message }) => {
    const { status, missing = [] } = noticeIn(message);
    return status === "PARTIAL" ? missing.map(({ rendition }) => rendition ?? "features") : [];
  });
}

interface Notice {
  status?: string;
  missing?: { rendition?: string }[];
}

/** A message of somebody else's state machine may be anything. */
function noticeIn(message: string): Notice {
  try {
    return (JSON.parse(message) ?? {}) as Notice;
  } catch {
    return {};
  }
}
