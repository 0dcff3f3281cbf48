import assert from "node:assert/strict";

import type { SourceAudio } from "../../../contract/sourceAudio";
import { planAudioTracks } from "../../../worker/plan/audioTracks";

const track = (members: Partial<SourceAudio> = {}): SourceAudio => ({ stream: 1, channels: 2, ...members });
const WANTED = { bitrateKbps: 128, channels: 2, maxTracks: 8 };

describe("planAudioTracks", () => {
  it("names tracks in their order, at most as many as allowed", () => {
    const sources = [track(), track({ stream: 4 }), track({ stream: 7 })];
    assert.deepEqual(
      planAudioTracks(sources, { ...WANTED, maxTracks: 2 }).map(({ name, stream, label }) => [name, stream, label]),
      [
        ["audio", 1, "Main"],
        ["audio-2", 4, "Track 2"],
      ],
    );
  });

  const channels: [source: number, wanted: number, made: number, kbps: number][] = [
    [2, 2, 2, 384],
    [6, 2, 2, 384],
    [1, 2, 1, 192],
    [2, 6, 2, 128],
    [6, 6, 6, 384],
    [8, 6, 6, 384],
    [6, 8, 6, 288],
    [8, 8, 8, 384],
    [5, 6, 5, 320],
    [4, 6, 2, 128],
    [3, 3, 2, 256],
    [7, 7, 6, 329],
    [2, 1, 1, 384],
  ];
  for (const [source, wanted, made, kbps] of channels) {
    it(`makes ${made} channels of ${source} where ${wanted} are allowed`, () => {
      const [planned] = planAudioTracks([track({ channels: source })], {
        ...WANTED,
        bitrateKbps: 384,
        channels: wanted,
      });
      assert.deepEqual([planned?.channels, planned?.bitrateKbps], [made, kbps]);
    });
  }

  it("labels each track differently, by its title, language or number", () => {
    const sources = [
      track({ language: "eng" }),
      track({ language: "fre" }),
      track({ language: "fre", purpose: "commentary" }),
      track({ language: "ger", title: "Stereo" }),
      track({ language: "ita", title: "Stereo" }),
      track({ title: "Stereo" }),
      track({ language: "qaa" }),
      track({ language: "eng", purpose: "description" }),
      track({ language: "eng" }),
    ];
    assert.deepEqual(
      planAudioTracks(sources, { ...WANTED, maxTracks: 16 }).map(({ label }) => label),
      [
        "English",
        "Français",
        "Français (commentary)",
        "Stereo",
        "Stereo (Italiano)",
        "Stereo 2",
        "Track 7",
        "English (audio description)",
        "English 2",
      ],
    );
  });
});
