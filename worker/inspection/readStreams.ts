import type { PlanSource } from "../../contract/plan";
import { assertShownOrder } from "../source/refusals/asfOrder";
import { assertCompatibleBaseLayer } from "../source/refusals/dolbyVision";
import { encryptedError, isEncrypted } from "../source/refusals/encryption";
import type { Source, SourceObject } from "../source/loopback/source";
import { firstField, withWholePictures } from "../source/frames/singleFields";
import { readFirstPacket } from "../source/frames/firstPacket";
import { markDisabledTracks } from "../source/matroska/disabledTracks";
import { isPackedBitstream } from "../source/frames/isPackedBitstream";
import { assertStoredOrder } from "../source/refusals/orderedChapters";
import { assertPlainTracks } from "../source/refusals/matroskaTracks";
import { assertNoLateSound } from "../source/refusals/lateSound";
import { rotationOf } from "../source/picture/rotation";
import { assertQuarterTurn } from "../source/refusals/rotation";
import { selectVideoStream } from "../source/videoStream";
import { withLatePictures } from "../source/lateStreams";
import type { Probe, ProbeStream } from "../source/ffprobe/output";
import { withLaterPictures } from "../source/picture/laterPictures";
import { probe } from "../source/probe";

export interface Streams {
  probed: Probe;
  /** The video as its container states it, in whole pictures. */
  stated: ProbeStream;
  fields: PlanSource["fields"];
  packed: boolean;
}

/** The streams as ffprobe finds them, also where that takes more than a look at the beginning. */
export async function readStreams(
  input: Source,
  { bytes }: SourceObject,
  name: string,
  head: Buffer,
): Promise<Streams> {
  const found = await withLatePictures(input, await probe(input, name, head), name);
  if (isEncrypted(found, head)) throw encryptedError(name);
  const opened = await markDisabledTracks(found, input.read);
  await assertPlainTracks(name, opened, input.read);
  await assertStoredOrder(name, opened, input.read);
  const selected = selectVideoStream(name, opened);
  await assertNoLateSound(name, opened, input.read, bytes);
  const probed = await withLaterPictures(input, opened, selected, name);
  const fields = firstField(probed, selected);
  const stated = fields ? withWholePictures(selected) : selected;
  assertCompatibleBaseLayer(name, stated);
  assertQuarterTurn(name, rotationOf(stated));
  assertShownOrder(name, probed.format, stated);
  const readMarks = async (): Promise<Buffer> => Buffer.concat([head, await readFirstPacket(input, stated, name)]);
  const packed = await isPackedBitstream(probed, stated, readMarks);
  return { probed, stated, fields, packed };
}
