import type { Plan, PlanAudio } from "../../contract/plan";
import type { SourceAudio } from "../../contract/sourceAudio";

/** The source's sound of which an audio track is made. */
export function soundOf({ source }: Plan, { stream }: Pick<PlanAudio, "stream">): SourceAudio {
  return source.audioStreams.find((sound) => sound.stream === stream) as SourceAudio;
}
