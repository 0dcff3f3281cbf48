import type { LadderRendition, PlanRendition } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import type { VideoEncoder } from "../encoders/videoEncoder";
import { av1 } from "./av1";
import { h264 } from "./h264";
import { hevc } from "./hevc";
import type { VideoCodec } from "./videoCodec";
import { vp9 } from "./vp9";

type VideoCodecName = NonNullable<LadderRendition["codec"]> | "h264";

/** The codecs, those that most players support first. */
export const VIDEO_CODECS: Record<VideoCodecName, VideoCodec> = { h264, hevc, vp9, av1 };

export function videoCodecOf({ codec }: Pick<LadderRendition, "codec">): VideoCodec {
  return VIDEO_CODECS[codec ?? "h264"];
}

export function videoEncoderOf(rendition: Pick<PlanRendition, "name" | "codec" | "encoder">): VideoEncoder {
  const encoder = rendition.encoder ?? "software";
  const found = videoCodecOf(rendition).encoders[encoder];
  if (found) return found;
  const others = Object.entries(VIDEO_CODECS).filter(([, { encoders }]) => encoders[encoder]);
  throw new InputError(
    `Rendition ${rendition.name} can't have encoder ${encoder}, which does not encode ${rendition.codec}. ` +
      `Omit encoder, or use ${others.map(([codec]) => codec).join(", ")}.`,
  );
}
