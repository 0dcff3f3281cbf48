import { AUDIO } from "./outputs";

/** The names of the workflow's states. Histories, alarms and users' scripts refer to them: they are permanent. */
export const EXTRACT_METADATA = "Extract Metadata";
export const READ_PLAN = "Read Plan";
export const PROCESS_VIDEO = "Process Video";
export const TRANSCODE_VIDEO = "Transcode Video";
export const CHECK_RENDITIONS = "Check Renditions";
export const ASK_FOR_APPROVAL = "Ask for Approval";
export const PACKAGE_VIDEO = "Package Video";
export const CHECK_COMPLETENESS = "Check Completeness";
export const NOTIFY_PARTIAL = "Notify Partial";
export const NOTIFY_SUCCESS = "Notify Success";

export const READ_CAUSE = "Read Cause";
export const NOTIFY_FAILURE = "Notify Failure";
export const FAILED_UNTIL_REDRIVEN = "Failed Until Redriven";
export const VIDEO_FAILED = "Video Failed";
export const RESUME = "Resume";
export const FIND_DONE_JOBS = "Find Done Jobs";

const RECORD_DONE = "Done_";
/** Part of the names of states, and so no name for a rendition. */
export const FEATURES = "features";

/** The states of the branch that extracts features. */
export const FEATURES_STATES = {
  check: `Check_${FEATURES}`,
  extract: "Extract Features",
  recordDone: `${RECORD_DONE}${FEATURES}`,
  skip: `Skip_${FEATURES}`,
  readCause: `${READ_CAUSE} of ${FEATURES}`,
  failed: "Extract Features Failed",
} as const;

/** The states of the branch that encodes the sound. */
export const AUDIO_STATES = {
  check: `Check_${AUDIO}`,
  transcode: `Transcode_${AUDIO}`,
  recordDone: `${RECORD_DONE}${AUDIO}`,
  skip: `Skip_${AUDIO}`,
  failed: `Transcode_${AUDIO} Failed`,
} as const;

export interface RenditionStates {
  /** Parts count from 1. */
  check: (part: number) => string;
  transcode: (part: number) => string;
  recordDone: (part: number) => string;
  skip: string;
  readCause: string;
  failed: string;
}

/**
 * The states of the branch that encodes a rendition. They are unique for all renditions, because their names end with
 * the number of a part or begin differently. Only `audio` and `features`, which have branches of their own, are no
 * names for a rendition.
 */
export function renditionStates(rendition: string): RenditionStates {
  return {
    check: (part) => `Check_${rendition}-${part}`,
    transcode: (part) => `Transcode_${rendition}-${part}`,
    recordDone: (part) => `${RECORD_DONE}${rendition}-${part}`,
    skip: `Skip_${rendition}`,
    readCause: `${READ_CAUSE} of ${rendition}`,
    failed: `Transcode_${rendition} Failed`,
  };
}

/** Whether a state encodes a part of a rendition. */
export function encodesRendition(state: string, rendition: string): boolean {
  const start = `Transcode_${rendition}-`;
  return state.startsWith(start) && /^\d+$/.test(state.slice(start.length));
}

/**
 * Whether a state only records progress or reports a failure, so that no video fails because of it. All other states
 * are steps.
 */
export function isBookkeeping(state: string): boolean {
  return (
    [FIND_DONE_JOBS, NOTIFY_FAILURE].includes(state) ||
    [READ_CAUSE, RECORD_DONE].some((start) => state.startsWith(start))
  );
}
