import type { EncodedBy } from "../../contract/encodedBy";
import type { EncoderNeed, Needs } from "./needs";
import { trial } from "./tryFfmpeg";

/** Who encodes here what needs an encoder. Fails with a sentence if this machine's ffmpeg can't. */
export async function encodedBy({ encoders }: Needs): Promise<EncodedBy> {
  const [need] = encoders as [EncoderNeed];
  const { version, ...found } = await trial(need);
  return { ffmpeg: version, encoder: need.name, ...found };
}
