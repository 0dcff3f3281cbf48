import type { EncodedBy } from "../../contract/encodedBy";
import type { EncoderNeed, Needs } from "./needs";
import { tryFfmpeg } from "./tryFfmpeg";

/** Identifies the encoder, its library and the ffmpeg that will do this work. Fails if this machine's ffmpeg can't do it. */
export async function identifyEncoder({ encoders }: Needs): Promise<EncodedBy> {
  const [need] = encoders as [EncoderNeed];
  const { version, ...found } = await tryFfmpeg(need);
  return { ffmpeg: version, encoder: need.name, ...found };
}
