import type { DamageSummary } from "./damageReport";
import type { Run } from "./run";

/** The status of a notice that the state machine sends, in its attribute `status`. Subscriptions filter by these. */
export type NoticeStatus = "SUCCEEDED" | "PARTIAL" | "FAILED" | "APPROVAL_WANTED";

/** The error with which a person rejects a video. */
export const REJECTED = "VideoRejected";

/** The name of the features among what a video lacks, and so no name for a rendition. */
export const FEATURES = "features";

/** What a run left out that was to be made: names of renditions, streams of sound, and `features`. Its notice says so. */
export function missingFrom({ notifications }: Pick<Run, "notifications">): string[] {
  return notifications.flatMap(({ message }) => {
    const { status, missing = [] } = parseNotice(message);
    return isDone(status) ? missing.map(({ rendition, sound }) => rendition ?? sound ?? FEATURES) : [];
  });
}

/** What a run's last notice of a finished video says of its damage. */
export function damageFrom({ notifications }: Pick<Run, "notifications">): DamageSummary {
  const last = notifications.map(({ message }) => parseNotice(message)).findLast(({ status }) => isDone(status));
  return last ? damageIn(last) : {};
}

/** Even a success may lack sound that can't be decoded. */
function isDone(status: string | undefined): boolean {
  return status === "SUCCEEDED" || status === "PARTIAL";
}

/** The members that a notice has of damage. */
export function damageIn({ damagedSeconds, damage, moreDamage, damageUnknown }: DamageSummary): DamageSummary {
  return {
    ...(damagedSeconds === undefined ? {} : { damagedSeconds }),
    ...(damage === undefined ? {} : { damage }),
    ...(moreDamage === undefined ? {} : { moreDamage }),
    ...(damageUnknown === undefined ? {} : { damageUnknown }),
  };
}

interface Notice extends DamageSummary {
  status?: string;
  missing?: { rendition?: string; sound?: string }[];
}

/** Another program's state machine may publish any text. */
function parseNotice(message: string): Notice {
  try {
    return (JSON.parse(message) ?? {}) as Notice;
  } catch {
    return {};
  }
}
