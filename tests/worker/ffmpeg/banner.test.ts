import assert from "node:assert/strict";

import { isSupported, parseBanner } from "../../../worker/ffmpeg/banner";

describe("parseBanner", () => {
  const text = (version: string, library: string): string =>
    `ffmpeg version ${version} Copyright (c) 2000-2026 the FFmpeg developers\n  built with gcc 13.2.1\n` +
    `  libavutil      59. 39.100 / 59. 39.100\n  libavcodec     ${library}\n  libavformat    61.  7.100 / 61.  7.100\n`;

  const builds: [version: string, library: string, libavcodec: string, supported: boolean][] = [
    ["4.4.2-0ubuntu0.22.04.1", "58.134.100 / 58.134.100", "58.134.100", false],
    ["5.0.3", "59. 18.100 / 59. 18.100", "59.18.100", false],
    ["5.1", "59. 37.100 / 59. 37.100", "59.37.100", true],
    ["5.1.9-0+deb12u1", "59. 37.100 / 59. 37.100", "59.37.100", true],
    ["n7.1", "61. 19.100 / 61. 19.100", "61.19.100", true],
    ["n9.0.2-17-g2a571b6068-20260930", "63.  1.102 / 63.  1.102", "63.1.102", true],
    ["N-105941-g6bb0f5edea", "59. 20.100 / 59. 20.100", "59.20.100", false],
    ["git-2026-01-01-abc1234", "62. 11.100 / 62. 28.101", "62.28.101", true],
  ];
  for (const [version, library, libavcodec, supported] of builds) {
    it(`reads ${version} with libavcodec ${libavcodec}, which is ${supported ? "supported" : "too old"}`, () => {
      const banner = parseBanner(text(version, library));
      assert.deepEqual(banner, { version, libavcodec });
      assert.equal(isSupported(banner), supported);
    });
  }

  it("returns undefined for another program", () => {
    assert.equal(parseBanner("avconv version 12.3, Copyright\n  libavcodec     57. 25. 0 / 57. 25. 0\n"), undefined);
    assert.equal(parseBanner("ffmpeg version 7.1 Copyright\n"), undefined);
  });
});
