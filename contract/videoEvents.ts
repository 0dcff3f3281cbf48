/** The source of all events that pipelines send. AWS keeps sources that begin with `aws.` to itself. */
export const EVENT_SOURCE = "video-batch-pipeline";

/** The kinds of events about a video, as their `detail-type`. Rules match them: they are permanent. */
export const VIDEO_EVENTS = {
  planned: "Video Planned",
  playable: "Video Playable",
  published: "Video Published",
  failed: "Video Failed",
  rejected: "Video Rejected",
} as const;

export type VideoEvent = (typeof VIDEO_EVENTS)[keyof typeof VIDEO_EVENTS];

/** What identifies the execution in the detail of every event. `contract/videoEvents.schema.json` describes the whole detail. */
export interface EventOrigin {
  version: 1;
  /** The pipeline's name. */
  pipeline: string;
  /** ARN of the execution. */
  execution: string;
  executionName: string;
  /** ARN of the state machine. */
  stateMachine: string;
  /** When the execution began, in ISO 8601. */
  startTime: string;
}

/** What an execution gives to a job that may make its video playable: where the event goes, and the beginning of its detail. */
export interface EventTarget {
  /** ARN of the bus. */
  bus: string;
  detail: EventOrigin;
}

/** An event as `PutEvents` takes it. */
export interface EventEntry {
  EventBusName: string;
  Source: string;
  DetailType: string;
  /** JSON. */
  Detail: string;
  Resources: string[];
}

/** Environment variable with which the local runner makes jobs print their events, `event {…}`, instead of sending them. */
export const PRINT_EVENTS_VARIABLE = "VIDEO_BATCH_PRINT_EVENTS";

/** The detail of `Video Playable`. */
export interface PlayableDetail extends EventOrigin {
  /** URI of the video. */
  input: string;
  /** URI of the output. */
  output: string;
  /** URI of the main playlist. */
  playlist: string;
}
