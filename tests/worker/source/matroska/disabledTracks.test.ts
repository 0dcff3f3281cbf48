import assert from "node:assert/strict";

import type { Probe, ProbeStream } from "../../../../worker/source/ffprobe/output";
import { markDisabledTracks } from "../../../../worker/source/matroska/disabledTracks";
import { element } from "./element";

const [PICTURES, SOUND] = [1, 2];
const track = (kind: number, ...others: Buffer[]): Buffer => element(0xae, element(0x83, kind), ...others);
const enabled = (flag: number): Buffer => element(0xb9, flag);
const stream = (index: number, codec_type: string, disposition = {}): ProbeStream => ({
  ...{ index, codec_type, disposition, time_base: "1/1000" },
});

async function disabledOf(format_name: string, streams: ProbeStream[], ...tracks: Buffer[]): Promise<number[]> {
  const bytes = Buffer.concat([element(0x1a45dfa3), element(0x18538067, element(0x1654ae6b, ...tracks))]);
  const probed: Probe = { format: { format_name }, streams };
  const marked = await markDisabledTracks(probed, (start, length) =>
    Promise.resolve(bytes.subarray(start, start + length)),
  );
  return marked.streams.filter(({ disabled }) => disabled).map(({ index }) => index);
}

describe("tracks that Matroska says not to play", () => {
  const STREAMS = [
    stream(0, "video", { attached_pic: 1 }),
    ...[stream(1, "video"), stream(2, "audio"), stream(3, "video"), stream(4, "audio")],
  ];
  const TRACKS = [track(PICTURES, enabled(0)), track(SOUND, enabled(1)), track(PICTURES), track(SOUND, enabled(0))];

  it("are marked", async () => assert.deepEqual(await disabledOf("matroska,webm", STREAMS, ...TRACKS), [1, 4]));
  it("are none where nothing is described", async () => assert.deepEqual(await disabledOf("matroska", STREAMS), []));
  it("are none in other containers", async () => assert.deepEqual(await disabledOf("mov", STREAMS, ...TRACKS), []));
});
