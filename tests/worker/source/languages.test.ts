import assert from "node:assert/strict";

import { box, fullBox, uint32 } from "../../../worker/fmp4/boxes";
import type { Probe, ProbeStream } from "../../../worker/source/ffprobe/output";
import { withLanguageTags } from "../../../worker/source/languages";
import { readMediaTracks } from "../../../worker/source/mp4/movie";
import { element } from "./matroska/element";

const stream = (index: number, codec_type: string, language?: string): ProbeStream => {
  const tags = language === undefined ? {} : { tags: { language } };
  return { index, codec_type, time_base: "1/1000", id: `0x${(index + 1).toString(16)}`, ...tags };
};

async function languagesIn(bytes: Buffer, format_name: string, streams: ProbeStream[]) {
  const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
  const tracks = await readMediaTracks({ read, bytes: bytes.length }, bytes.subarray(0, 64));
  const probed: Probe = { format: { format_name }, streams };
  return (await withLanguageTags(probed, read, tracks)).streams.map(({ tags }) => tags?.["language"]);
}

describe("the language of sound in Matroska", () => {
  const track = (type: number, tag?: string): Buffer =>
    element(0xae, element(0x83, type), ...(tag === undefined ? [] : [element(0x22b59d, Buffer.from(tag))]));
  const file = (...tracks: Buffer[]): Buffer =>
    Buffer.concat([element(0x1a45dfa3), element(0x18538067, element(0x1654ae6b, ...tracks))]);

  it("is its BCP 47 tag, whatever the three letters say that stand for English where they are absent", async () => {
    const tracks = file(track(2, "pt-BR"), track(1, "de"), track(2), track(2, "zh-Hans\0"));
    const streams = [stream(0, "audio", "eng"), stream(1, "video"), stream(2, "audio", "fre"), stream(3, "audio")];
    assert.deepEqual(await languagesIn(tracks, "matroska,webm", streams), ["pt-BR", undefined, "fre", "zh-Hans"]);
  });

  it("stays as ffmpeg reads it where ffmpeg leaves out a track, or another container has such bytes", async () => {
    const [tracks, streams] = [file(track(2, "pt-BR"), track(2, "de")), [stream(0, "audio", "eng")]];
    assert.deepEqual(await languagesIn(tracks, "matroska,webm", streams), ["eng"]);
    assert.deepEqual(await languagesIn(file(track(2, "pt-BR")), "avi", streams), ["eng"]);
  });
});

describe("the language of sound in MP4", () => {
  const track = (id: number, kind: string, tag?: string): Buffer => {
    const header = fullBox("tkhd", 0, 0, Buffer.alloc(8), uint32(id), Buffer.alloc(68));
    const handler = fullBox("hdlr", 0, 0, uint32(0), Buffer.from(kind), Buffer.alloc(13));
    const extended = tag === undefined ? [] : [fullBox("elng", 0, 0, Buffer.from(`${tag}\0`))];
    return box("trak", header, box("mdia", handler, ...extended));
  };

  it("is its extended tag, if it has one", async () => {
    const tracks = [track(3, "soun", "es-419"), track(1, "vide", "fr"), track(2, "soun")];
    const bytes = Buffer.concat([box("ftyp", Buffer.alloc(8)), box("moov", ...tracks)]);
    const streams = [stream(0, "video"), stream(1, "audio", "ger"), stream(2, "audio", "spa")];
    assert.deepEqual(await languagesIn(bytes, "mov,mp4,m4a,3gp,3g2,mj2", streams), [undefined, "ger", "es-419"]);
  });
});
