import type { Plan } from "../../../contract/plan";
import { SoundEncoding } from "../../../worker/audio/soundEncoding";
import { withSource } from "../../../worker/source/loopback/source";
import { FileStorage } from "../../../worker/storage/file";

/** Encodes all audio tracks of a local file. Returns how many bytes came of each, and the errors at their ends. */
export async function encodeSound(path: string, plan: Plan): Promise<{ bytes: number[]; errors: string[] }> {
  return withSource(new FileStorage(), `file://${path}`, plan.source, async (input) => {
    const encoding = new SoundEncoding({ plan, tracks: plan.audio!, input, subject: "The sound" });
    const bytes = plan.audio!.map(() => 0);
    const tracks = bytes.map(async (_, index) => {
      for await (const piece of encoding.read(index)) bytes[index]! += piece.length;
    });
    const ends = await Promise.allSettled(tracks);
    return { bytes, errors: ends.flatMap((end) => (end.status === "rejected" ? [String(end.reason)] : [])) };
  });
}
