import { type AnnouncedVideo, sendPlayable } from "../../events/sendPlayable";
import type { ProgressReport } from "../../ffmpeg/progress";
import type { OwnedOutput } from "../../output/ownedOutput";

/**
 * Says which renditions are playable from now on: to whoever follows the job, and with the first of them to the event bus.
 *
 * @param renditions Those that the job has added to the main playlist.
 */
export async function announcePlayable(
  output: OwnedOutput,
  renditions: readonly string[],
  { video, report }: { video: AnnouncedVideo; report: ProgressReport },
): Promise<void> {
  report.announcePlayable(renditions);
  if (renditions.length > 0) await sendPlayable(output, video);
}
