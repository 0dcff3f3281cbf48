import type { DamageSummary } from "./damageReport";
import type { Run } from "./run";

/** The status of a notice that the state machine sends, in its attribute `status`. Subscriptions filter by these. */
export type NoticeStatus = "SUCCEEDED" | "PARTIAL" | "FAILED" | "APPROVAL_WANTED";

/** The error with which a person rejects a video. */
export const REJECTED = "VideoRejected";

/** The name of the features among what a video lacks, and so no name for a rendition. */
export const FEATURES = "features";

/** What the notice of a finished video says besides its status. */
export interface Outcome {
  /** What is left out that was to be made: names of renditions, streams of sound, and `features`. */
  missing: string[];
  damage: DamageSummary;
}

/**
 * The outcome in a notice. Undefined for other kinds of notices, and for other programs, whose state machines may publish any
 * text.
 */
export function outcomeIn(message: string): Outcome | undefined {
  const { status, missing = [], ...others } = parseNotice(message);
  // Even a success may lack sound that can't be decoded.
  if (status !== "SUCCEEDED" && status !== "PARTIAL") return undefined;
  return { missing: missing.map(nameOf), damage: damageIn(others) };
}

/** What a run left out, as its notices say. */
export function missingFrom({ notifications }: Pick<Run, "notifications">): string[] {
  return notifications.flatMap(({ message }) => outcomeIn(message)?.missing ?? []);
}

/** What is damaged in a run's video, as its last notice of a finished video says. */
export function damageFrom({ notifications }: Pick<Run, "notifications">): DamageSummary {
  return notifications.flatMap(({ message }) => outcomeIn(message) ?? []).at(-1)?.damage ?? {};
}

/** What a run left out, with the cause of each. */
export function omissionsFrom({ notifications }: Pick<Run, "notifications">): Omission[] {
  return notifications.flatMap(({ message }) => {
    const { missing = [] } = outcomeIn(message) ? parseNotice(message) : {};
    return missing.map((omitted) => ({ name: nameOf(omitted), cause: omitted.cause }));
  });
}

/** Something that was to be made and is left out. */
export interface Omission {
  /** A rendition, a stream of sound, or `features`. */
  name: string;
  /** A sentence. */
  cause?: string;
}

function damageIn({ damagedSeconds, damage, moreDamage, damageUnknown }: DamageSummary): DamageSummary {
  return {
    ...(damagedSeconds === undefined ? {} : { damagedSeconds }),
    ...(damage === undefined ? {} : { damage }),
    ...(moreDamage === undefined ? {} : { moreDamage }),
    ...(damageUnknown === undefined ? {} : { damageUnknown }),
  };
}

interface Notice extends DamageSummary {
  status?: string;
  missing?: Omitted[];
}

interface Omitted {
  rendition?: string;
  sound?: string;
  cause?: string;
}

function nameOf({ rendition, sound }: Omitted): string {
  return rendition ?? sound ?? FEATURES;
}

function parseNotice(message: string): Notice {
  try {
    return (JSON.parse(message) ?? {}) as Notice;
  } catch {
    return {};
  }
}
