import type { Probe, ProbeStream } from "../ffprobe/output";
import { DisplayOrder } from "./displayOrder";
import type { Packet } from "./frameCounter";

/** Which of the two fields of a picture comes first. */
export type FirstField = "top" | "bottom";

/** The first field of each picture in HEVC that codes single fields. Undefined if its pictures are whole, as in all other codecs. */
export function firstField({ frames = [] }: Probe, { index, codec_name }: ProbeStream): FirstField | undefined {
  if (codec_name !== "hevc") return undefined;
  const [first] = frames
    .filter(({ stream_index }) => stream_index === index)
    .sort((a, b) => (a.pts ?? Infinity) - (b.pts ?? Infinity));
  // ffmpeg says so only of HEVC pictures that are single fields.
  if (first?.interlaced_frame !== 1) return undefined;
  return first.top_field_first === 1 ? "top" : "bottom";
}

/** The stream as if its pictures were whole. */
export function withWholePictures(video: ProbeStream): ProbeStream {
  const { height = 0, avg_frame_rate, r_frame_rate } = video;
  return { ...video, height: 2 * height, avg_frame_rate: halved(avg_frame_rate), r_frame_rate: halved(r_frame_rate) };
}

function halved(rate = "0/0"): string {
  const [numerator = 0, denominator = 0] = rate.split("/").map(Number);
  return numerator % 2 === 0 ? `${numerator / 2}/${denominator}` : `${numerator}/${2 * denominator}`;
}

/** Joins the packets of single fields to pictures, in the order in which they are shown: another one may be decoded between the two. */
export class SingleFields {
  private readonly waiting = new Map<number, Packet>();
  private readonly order = new DisplayOrder((pts) => this.show(this.waiting.get(pts) as Packet));
  private first: Packet | undefined;
  /** Whether there has been a keyframe, before which nothing can be decoded. */
  private begun = false;
  private secondWasKey = false;

  constructor(private readonly onPicture: (packet: Packet) => void) {}

  add(packet: Packet): void {
    this.waiting.set(packet.pts, packet);
    this.order.add(packet.pts);
  }

  /** A field without its second one is no picture. */
  flush(): void {
    this.order.flush();
  }

  private show(packet: Packet): void {
    this.waiting.delete(packet.pts);
    this.begun ||= packet.key;
    if (!this.begun) return;
    const { first } = this;
    if (!first) {
      this.first = packet;
      return;
    }
    this.first = undefined;
    // From a keyframe that is a second field, decoding gives whole pictures from the next one on.
    const key = first.key || this.secondWasKey;
    this.secondWasKey = packet.key;
    this.onPicture({ ...first, dts: first.pts, duration: first.duration + packet.duration, key });
  }
}
