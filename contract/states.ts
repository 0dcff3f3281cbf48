import { AUDIO } from "./outputs";

/**
 * The names of the workflow's states. They are permanent, because histories, alarms and users' scripts refer to them.
 *
 * A name says what the state does: a verb and its object. States for the whole video are words, as in `Package Video`. States
 * for a track and its parts have an underscore, as in AWS's tutorial: `Transcode_1080p-1`.
 */
export const READ_EVENT = "Read Event";
export const EXTRACT_METADATA = "Extract Metadata";
export const READ_PLAN = "Read Plan";
export const SEND_PLANNED = "Send Video Planned";
export const PROCESS_VIDEO = "Process Video";
export const EXTRACT_FEATURES = "Extract Features";
export const TRANSCODE_VIDEO = "Transcode Video";
export const CHECK_RENDITIONS = "Check Renditions";
export const CHECK_APPROVAL = "Check Approval";
export const ASK_FOR_APPROVAL = "Ask for Approval";
export const PACKAGE_VIDEO = "Package Video";
export const CHECK_PACKAGING = "Check Packaging";
export const READ_DAMAGE = "Read Damage";
export const SEND_PUBLISHED = "Send Video Published";
export const CHECK_COMPLETENESS = "Check Completeness";
export const NOTIFY_PARTIAL = "Notify Partial";
export const NOTIFY_SUCCESS = "Notify Success";

export const READ_CAUSE = "Read Cause";
export const NOTIFY_FAILURE = "Notify Failure";
/** Sends `Video Rejected` too, since a rejection is a kind of failure. */
export const SEND_FAILED = "Send Video Failed";
export const AWAIT_REDRIVE = "Await Redrive";
export const FAIL_VIDEO = "Fail Video";

/** The states of a branch that are not steps. */
export interface BranchStates {
  /** Ends the branch when the rest of it has nothing to do. */
  skip: string;
  readCause: string;
  fail: string;
}

/** The states that decide whether an event has a video. */
export const EVENT_STATES = {
  check: "Check Event",
  accept: "Accept Event",
  refuse: "Refuse Event",
} as const;

/** The states of the branch that extracts features. */
export const FEATURES_STATES = {
  check: "Check Features",
  extract: EXTRACT_FEATURES,
  skip: "Skip Features",
  readCause: `${READ_CAUSE} of Features`,
  fail: "Fail Features",
} as const;

/** The states of the branch that encodes the sound. */
export const AUDIO_STATES = {
  check: `Check_${AUDIO}`,
  transcode: `Transcode_${AUDIO}`,
  ...trackStates(AUDIO),
} as const;

export interface RenditionStates extends BranchStates {
  /** Parts count from 1. */
  check: (part: number) => string;
  transcode: (part: number) => string;
}

/**
 * The states of the branch that encodes a rendition. They are unique for all renditions, because their names end with the number of a
 * part or begin differently. Only `audio`, which has a branch of its own, is no name for a rendition.
 */
export function renditionStates(rendition: string): RenditionStates {
  return {
    check: (part) => `Check_${rendition}-${part}`,
    transcode: (part) => `Transcode_${rendition}-${part}`,
    ...trackStates(rendition),
  };
}

function trackStates(track: string): BranchStates {
  return { skip: `Skip_${track}`, readCause: `${READ_CAUSE}_${track}`, fail: `Fail_${track}` };
}

/** Whether a state encodes a part of a rendition. */
export function encodesRendition(state: string, rendition: string): boolean {
  const start = `Transcode_${rendition}-`;
  return state.startsWith(start) && /^\d+$/.test(state.slice(start.length));
}

const BOOKKEEPING = [NOTIFY_FAILURE, READ_DAMAGE, SEND_PLANNED, SEND_PUBLISHED, SEND_FAILED];

/** Whether a state only reports something, so that no video fails because of it. All other states are steps. */
export function isBookkeeping(state: string): boolean {
  return BOOKKEEPING.includes(state) || state.startsWith(READ_CAUSE);
}
