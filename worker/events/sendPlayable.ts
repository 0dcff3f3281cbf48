import { outputs } from "../../contract/outputs";
import { EVENT_SOURCE, type EventTarget, type PlayableDetail, VIDEO_EVENTS } from "../../contract/videoEvents";
import { logError } from "../errors/log";
import type { OwnedOutput } from "../output/ownedOutput";
import { sendEvent } from "./sendEvent";

/** The video that a job works for, and where its events go, if anywhere. */
export interface AnnouncedVideo {
  input: string;
  output: string;
  event?: EventTarget;
}

/** What the object says that the jobs of a plan share: that one of them sends the event, or has sent it. */
const CLAIMED = JSON.stringify({ state: "claimed" });
const SENT = JSON.stringify({ state: "sent" });

/**
 * Sends the event that the video is playable, once for a plan and its output. The job that claims it does so, by creating an object that no
 * two jobs can create. Before approval, nobody outside may play the video.
 */
export async function sendPlayable(output: OwnedOutput, video: AnnouncedVideo, send = sendEvent): Promise<void> {
  const { event } = video;
  if (!event || output.plan.gated) return;
  await neverFail(async () => {
    const claimed = await output.replaceIfUnchanged(outputs.playable(output.plan), CLAIMED, undefined, INTERMEDIATE);
    if (claimed) await sendAndRecord(output, { ...video, event }, send);
  });
}

/** The same once everything is playable, for a job that claimed the event and was stopped, or failed, before it had sent it. */
export async function ensurePlayableSent(output: OwnedOutput, video: AnnouncedVideo, send = sendEvent): Promise<void> {
  const { event } = video;
  if (!event) return;
  await neverFail(async () => {
    const state = await output.readText(outputs.playable(output.plan));
    if (state !== SENT) await sendAndRecord(output, { ...video, event }, send);
  });
}

const INTERMEDIATE = { intermediate: true };

async function sendAndRecord(
  output: OwnedOutput,
  { input, output: prefix, event: { bus, detail: origin } }: Required<AnnouncedVideo>,
  send: typeof sendEvent,
): Promise<void> {
  const detail: PlayableDetail = { ...origin, input, output: prefix, playlist: output.uri(outputs.master) };
  await send({
    EventBusName: bus,
    Source: EVENT_SOURCE,
    DetailType: VIDEO_EVENTS.playable,
    Detail: JSON.stringify(detail),
    // Step Functions adds these to its own events.
    Resources: [origin.execution, origin.stateMachine],
  });
  await output.write(outputs.playable(output.plan), SENT, INTERMEDIATE);
}

/** The video is there, whoever hears of it. */
async function neverFail(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logError("The event that the video is playable was not sent by this job", error);
  }
}
