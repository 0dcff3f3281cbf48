import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JsonObject } from "../../../contract/asl";
import type { JobRequest } from "../../../runner/mediaConvert/settings";

export const ROLE = "arn:aws:iam::123456789012:role/mediaconvert";

/** A folder with two renditions of nine seconds, whose segments are text. */
export function fakeLadder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "ladder-"));
  for (const height of [360, 720]) {
    const lines = [
      "#EXTM3U",
      "#EXT-X-TARGETDURATION:6",
      "#EXTINF:6.000,",
      `${height}p0.ts`,
      "#EXTINF:3.000,",
      `${height}p1.ts`,
    ];
    writeFileSync(join(folder, `${height}p.m3u8`), [...lines, "#EXT-X-ENDLIST", ""].join("\n"));
    for (const index of [0, 1]) writeFileSync(join(folder, `${height}p${index}.ts`), `${height} ${index}`);
    writeFileSync(join(folder, `${height}p.mp4`), `${height} whole`);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function videoOutput(name: string, height: number, more: JsonObject = {}): JsonObject {
  return {
    NameModifier: `_${name}`,
    ContainerSettings: { Container: "M3U8" },
    VideoDescription: {
      ...{ Width: Math.round((height * 16) / 9), Height: height },
      CodecSettings: {
        Codec: "H_264",
        H264Settings: { RateControlMode: "QVBR", MaxBitrate: 6_000_000, QvbrSettings: { QvbrQualityLevel: 8 } },
      },
    },
    AudioDescriptions: [
      {
        AudioSourceName: "Audio Selector 1",
        CodecSettings: {
          Codec: "AAC",
          AacSettings: { Bitrate: 128_000, CodingMode: "CODING_MODE_2_0", SampleRate: 48_000 },
        },
      },
    ],
    ...more,
  };
}

export function hlsGroup(outputs: JsonObject[], more: JsonObject = {}): JsonObject {
  const HlsGroupSettings = { Destination: "s3://videos/out/master", SegmentLength: 6, MinSegmentLength: 0, ...more };
  return { OutputGroupSettings: { Type: "HLS_GROUP_SETTINGS", HlsGroupSettings }, Outputs: outputs };
}

export function fileGroup(outputs: JsonObject[], Destination: string): JsonObject {
  return { OutputGroupSettings: { Type: "FILE_GROUP_SETTINGS", FileGroupSettings: { Destination } }, Outputs: outputs };
}

export function mp4Output(name: string, height: number, more: JsonObject = {}): JsonObject {
  return videoOutput(name, height, { ContainerSettings: { Container: "MP4" }, ...more });
}

/** What the call takes for a job that MediaConvert accepts. */
export function jobArguments(groups?: JsonObject[], more: JsonObject = {}): JsonObject {
  return {
    ...{ Role: ROLE, ...more },
    Settings: {
      Inputs: [
        {
          ...{ FileInput: "s3://videos/uploads/a.b.mov", TimecodeSource: "ZEROBASED" },
          AudioSelectors: { "Audio Selector 1": { DefaultSelection: "DEFAULT" } },
        },
      ],
      OutputGroups: groups ?? [hlsGroup([videoOutput("720p", 720), videoOutput("360p", 360)])],
    },
  };
}

export function jobRequest(groups?: JsonObject[], more: JsonObject = {}): JobRequest {
  return jobArguments(groups, more) as unknown as JobRequest;
}
