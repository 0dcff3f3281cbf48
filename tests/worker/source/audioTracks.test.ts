import assert from "node:assert/strict";

import type { ProbeStream } from "../../../worker/source/ffprobe/output";
import { listAudioTracks } from "../../../worker/source/audioTracks";

const format = { format_name: "x" };
const sound = (index: number, members: Partial<ProbeStream> = {}): ProbeStream => ({
  ...{ index, time_base: "1/1000", codec_type: "audio", codec_name: "aac", channels: 2 },
  ...members,
});

const video: ProbeStream = { index: 0, time_base: "1/1000", codec_type: "video", codec_name: "h264" };

describe("listAudioTracks", () => {
  it("lists the default track first, then the others in their order", () => {
    const streams = [sound(1), sound(2), sound(3, { disposition: { default: 1 } }), sound(4)];
    assert.deepEqual(
      listAudioTracks({ format, streams }, video).map(({ stream }) => stream),
      [3, 1, 2, 4],
    );
  });

  it("leaves out sound that can't be decoded, and other streams", () => {
    const streams = [video, sound(1, { channels: 0 }), sound(2, { codec_name: "unknown" }), sound(3, { channels: 6 })];
    assert.deepEqual(listAudioTracks({ format, streams }, video), [{ stream: 3, channels: 6 }]);
    assert.deepEqual(listAudioTracks({ format, streams: [video] }, video), []);
  });

  it("leaves out sound that the container says not to play", () => {
    const streams = [video, sound(1, { disposition: { default: 1 }, disabled: true }), sound(2)];
    assert.deepEqual(listAudioTracks({ format, streams }, video), [{ stream: 2, channels: 2 }]);
  });

  const titles: [what: string, title: string, kept: string][] = [
    ["leaves out an emoji that would be cut at 100 characters", `${"a".repeat(99)}😀`, "a".repeat(99)],
    ["leaves out an accent's letter that would be cut", `${"a".repeat(99)}e\u0301`, "a".repeat(99)],
    ["leaves out what turns the direction of text that follows", "\u202eEnglish\u202c", "English"],
    ["keeps what joins letters and emoji", "a\u200cb 👩\u200d🚀", "a\u200cb 👩\u200d🚀"],
    ["has no space at the end of what it keeps", `${"a".repeat(99)} b`, "a".repeat(99)],
  ];
  for (const [what, title, kept] of titles) {
    it(`${what} of a title`, () => {
      const streams = [sound(1, { tags: { title } })];
      assert.deepEqual(listAudioTracks({ format, streams }, video), [{ stream: 1, channels: 2, title: kept }]);
    });
  }

  for (const title of ["\u0301\u0308", "\u200b\u200d", "\ufeff \u2060", "\u202e\u202c", '" "', "\u3164"]) {
    it(`takes a title of which nothing is seen for none: ${JSON.stringify(title)}`, () => {
      const streams = [sound(1, { tags: { title } })];
      assert.deepEqual(listAudioTracks({ format, streams }, video), [{ stream: 1, channels: 2 }]);
    });
  }

  it("keeps the layout if it has a name", () => {
    const layouts = ["5.1(side)", "7.1(wide-side)", "mono", "unknown", "2 channels (FL+LFE)", undefined];
    const streams = layouts.map((channel_layout, index) => sound(index + 1, { channel_layout }));
    assert.deepEqual(
      listAudioTracks({ format, streams }, video).map(({ layout }) => layout),
      ["5.1(side)", "7.1(wide-side)", "mono", undefined, undefined, undefined],
    );
  });

  it("keeps the attributes that the source states", () => {
    const streams = [
      sound(1, { tags: { language: "und", title: ' The "original"\nmix ' } }),
      sound(2, { tags: { language: "ger" }, disposition: { comment: 1 } }),
      sound(3, { tags: { title: " " }, disposition: { visual_impaired: 1 } }),
    ];
    assert.deepEqual(listAudioTracks({ format, streams }, video), [
      { stream: 1, channels: 2, title: "The original mix" },
      { stream: 2, channels: 2, language: "ger", purpose: "commentary" },
      { stream: 3, channels: 2, purpose: "description" },
    ]);
  });
});
