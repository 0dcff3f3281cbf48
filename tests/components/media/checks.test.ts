import { type Refusal, refuses } from "../refusals";

const rendition = { name: "a", height: 720 };

const CASES: Refusal[] = [
  [
    { renditions: [] },
    ["renditions must have at least one entry. Received []. Omit it to use 4k, 1080p, 720p and 480p."],
  ],
  [
    { renditions: [{ name: "7 20p", height: 720 }] },
    [
      'renditions[0].name must be 1 to 60 letters, digits, hyphens or underscores, and begin with a letter or digit. Received "7 20p". Choose a name such as 1080p or my-queue.',
    ],
  ],
  [
    { renditions: [{ name: "Audio", height: 720 }] },
    [
      'renditions[0].name must not be audio, with or without a number. Received "Audio". Audio tracks have such names: choose another.',
    ],
  ],
  [
    { renditions: [{ name: "hd", height: 720 }, rendition, { name: "HD", height: 1080 }] },
    [
      'renditions[2].name must differ from renditions[0].name by more than case. Received "HD". Rename or remove one of them.',
    ],
  ],
  ...[62, 721, 4322, 720.5].map((height): Refusal => [
    { renditions: [{ name: "a", height }] },
    [
      `renditions[0].height must be an even number of pixels from 64 to 4,320. Received ${height}. Video with 4:2:0 colour has even sizes only: use a height such as 720.`,
    ],
  ]),
  [
    { renditions: [{ ...rendition, preset: "warp" }] },
    [
      'renditions[0].preset must be one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow. Received "warp". Omit it to use the pipeline\'s preset.',
    ],
  ],
  [
    { preset: "warp" },
    [
      'preset must be one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow. Received "warp". Omit it to use fast.',
    ],
  ],
  [
    { renditions: [{ ...rendition, crf: 52, maxBitrateKbps: 1 }] },
    [
      "renditions[0].crf must be a number from 0 to 51. Received 52. Lower values give better quality and larger files; 18 to 28 is usual.",
      "renditions[0].maxBitrateKbps must be a whole number from 50 to 200,000. Received 1. The unit is kbit/s. 6000 is usual for 1080p.",
    ],
  ],
  [
    { renditions: [{ ...rendition, codec: "h265", bitDepth: 12, dynamicRange: "hdr", encoder: "gpu" }] },
    [
      'renditions[0].codec must be one of h264, hevc, av1, vp9. Received "h265". Omit it to use h264.',
      'renditions[0].encoder must be one of software, nvenc. Received "gpu". Omit it to use software.',
      "renditions[0].bitDepth must be 8 or 10. Received 12. Omit it to use the depth that suits codec and source.",
      'renditions[0].dynamicRange must be one of sdr, source. Received "hdr". Omit it to use the range that suits the codec.',
    ],
  ],
  [
    { renditions: [{ ...rendition, bitDepth: 10, dynamicRange: "source" }] },
    [
      "renditions[0].bitDepth must be 8 for h264. Received 10. Hardly any player decodes 10-bit H.264: use hevc, av1 or vp9.",
      'renditions[0].dynamicRange must be sdr with 8 bits. Received "source". HDR needs 10 bits: use hevc, av1 or vp9 with a bitDepth of 10.',
    ],
  ],
  [
    { renditions: [{ ...rendition, codec: "av1", bitDepth: 8, dynamicRange: "source", crf: 0 }] },
    [
      'renditions[0].dynamicRange must be sdr with 8 bits. Received "source". HDR needs 10 bits: use hevc, av1 or vp9 with a bitDepth of 10.',
      "renditions[0].crf must be a number from 1 to 63. Received 0. Lower values give better quality and larger files; 25 to 45 is usual.",
    ],
  ],
  [
    { renditions: [{ ...rendition, codec: "vp9", crf: 64 }] },
    [
      "renditions[0].crf must be a number from 0 to 63. Received 64. Lower values give better quality and larger files; 25 to 40 is usual.",
    ],
  ],
  [
    { renditions: [{ ...rendition, crf: 20, bitrateKbps: 3000 }] },
    [
      "renditions[0].bitrateKbps must not be given together with crf. Received 3000. Keep crf and maxBitrateKbps for constant quality, or bitrateKbps for a constant bitrate.",
    ],
  ],
  [
    { renditions: [{ ...rendition, maxBitrateKbps: 4000, bitrateKbps: 3000 }] },
    [
      "renditions[0].bitrateKbps must not be given together with maxBitrateKbps. Received 3000. Keep crf and maxBitrateKbps for constant quality, or bitrateKbps for a constant bitrate.",
    ],
  ],
  [
    {
      renditions: [
        { ...rendition, vcpus: 8, memoryMiB: 1000 },
        { name: "b", height: 720, memoryMiB: 100 },
      ],
    },
    [
      "renditions[1].memoryMiB must be a whole number from 128 to 1,048,576. Received 100. The unit is MiB. 2048 is usual for 1080p.",
      "renditions[0].vcpus must not exceed 4, the largest maxVcpus among the environments of queue high. Received 8. The job would wait forever: lower it, or raise the environment's maxVcpus.",
    ],
  ],
  [
    { renditions: [{ ...rendition, name: "audio-2" }] },
    [
      'renditions[0].name must not be audio, with or without a number. Received "audio-2". Audio tracks have such names: choose another.',
    ],
  ],
  [
    { audio: { bitrateKbps: 8, channels: 9, maxTracks: 0 } },
    [
      "audio.bitrateKbps must be a whole number from 16 to 512. Received 8. The unit is kbit/s. 128 is usual for stereo.",
      "audio.channels must be a whole number from 1 to 8. Received 9. Stereo has 2.",
      "audio.maxTracks must be a whole number from 1 to 16. Received 0. 1 keeps only the default track.",
    ],
  ],
  [
    { gopSeconds: 4 },
    [
      "segmentSeconds must be a multiple of gopSeconds, which is 4. Received 6. Every segment begins with a GOP: use a value such as 12.",
    ],
  ],
  [
    { chunkSeconds: 4 },
    [
      "chunkSeconds must not be below segmentSeconds, which is 6. Received 4. Raise it: a job for less than one segment costs more to start than to run.",
    ],
  ],
  ...[-0.01, 1.01, 5].map((maxDamagedShare): Refusal => [
    { maxDamagedShare },
    [
      `maxDamagedShare must be a number from 0 to 1. Received ${maxDamagedShare}. It is a share of the video's length: the default, 0.02, is 2 percent, and 0 accepts no damage.`,
    ],
  ]),
  ...[0, 604_801, 1.5].map((maxDurationSeconds): Refusal => [
    { maxDurationSeconds },
    [
      `maxDurationSeconds must be a whole number from 1 to 604,800. Received ${maxDurationSeconds}. The default is 86400, which is a day. Cut longer videos into several.`,
    ],
  ]),
  [{ gopSeconds: 0 }, ["gopSeconds must be a whole number from 1 to 10. Received 0. 2 is usual."]],
  [
    {
      computeEnvironments: [{ name: "a", instanceTypes: ["g6.xlarge"] }],
      renditions: [
        { name: "a", height: 720, encoder: "nvenc", codec: "vp9" },
        { name: "b", height: 720, encoder: "nvenc", codec: "av1", crf: 52 },
      ],
    },
    [
      'renditions[0].encoder must be software for vp9. Received "nvenc". NVIDIA GPUs encode h264, hevc and av1.',
      "renditions[1].crf must be a number from 0 to 51. Received 52. Lower values give better quality and larger files; 18 to 28 is usual.",
    ],
  ],
  [
    { renditions: [{ name: "r", height: 720, encoder: "nvenc" }] },
    [
      'renditions[0].encoder must run on a queue with GPU instances, and high has none. Received "nvenc". Give one of its compute environments instance types such as g6.',
    ],
  ],
  [
    { renditions: [{ name: "r", height: 720, encoder: "x264" }] },
    ['renditions[0].encoder must be one of software, nvenc. Received "x264". Omit it to use software.'],
  ],
  ...["features", "Features"].map((name): Refusal => [
    { renditions: [{ name, height: 720 }] },
    [
      `renditions[0].name must not be features. Received "${name}". Notices use this name for missing scenes, poster and thumbnails: choose another.`,
    ],
  ]),
  [
    { renditions: ["features-2", "audio-x", "done", "Process", "constructor"].map((name) => ({ name, height: 720 })) },
    [],
  ],
];

describe("the checks of renditions, sound and timing", () => refuses(CASES));
