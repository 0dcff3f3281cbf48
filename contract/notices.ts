import type { Run } from "./run";

/** Statuses of the notices that the state machine sends, in their attribute `status`. */
export const STATE_MACHINE_NOTICES = ["SUCCEEDED", "PARTIAL", "FAILED", "APPROVAL_WANTED"] as const;

export type NoticeStatus = (typeof STATE_MACHINE_NOTICES)[number];

/** The error with which a person rejects a video. */
export const REJECTED = "VideoRejected";

/** What a run left out that was to be made: names of renditions, and `features`. Its notice says so. */
export function missingFrom({ notifications }: Pick<Run, "notifications">): string[] {
  return notifications.flatMap(({ message }) => {
    const { status, missing = [] } = parseNotice(message);
    return status === "PARTIAL" ? missing.map(({ rendition }) => rendition ?? "features") : [];
  });
}

interface Notice {
  status?: string;
  missing?: { rendition?: string }[];
}

/** Another program's state machine may publish any text. */
function parseNotice(message: string): Notice {
  try {
    return (JSON.parse(message) ?? {}) as Notice;
  } catch {
    return {};
  }
}
