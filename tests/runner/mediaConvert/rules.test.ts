import assert from "node:assert/strict";

import type { JsonObject } from "../../../contract/asl";
import { findProblems } from "../../../runner/mediaConvert/rules";
import type { JobRequest } from "../../../runner/mediaConvert/settings";
import { silentAudio } from "../../../runner/mediaConvert/silence";
import { fileGroup, hlsGroup, jobRequest, mp4Output, videoOutput } from "./support";

const AT = "/outputGroups/0";
const VIDEO = `${AT}/outputs/0/videoDescription/codecSettings`;
const AUDIO = `${AT}/outputs/0/audioDescriptions/0/codecSettings`;

const withSettings = (more: object): JobRequest => {
  const request = jobRequest();
  return { ...request, Settings: { ...request.Settings, ...more } };
};
const withOutputs = (...outputs: JsonObject[]): JobRequest => jobRequest([hlsGroup(outputs)]);
const withVideo = (CodecSettings: JsonObject): JobRequest =>
  withOutputs(videoOutput("a", 720, { VideoDescription: { Height: 720, CodecSettings } }));
const withH264 = (H264Settings: JsonObject): JobRequest => withVideo({ Codec: "H_264", H264Settings });
const withAudio = (CodecSettings: JsonObject): JobRequest =>
  withOutputs(videoOutput("a", 720, { AudioDescriptions: [{ CodecSettings }] }));

const REFUSED: [what: string, request: JobRequest, problems: string[]][] = [
  ["a role that is a name", { ...jobRequest(), Role: "mediaconvert" }, ["/role: Should be the ARN of an IAM role"]],
  [
    "a queue of another service",
    { ...jobRequest(), Queue: "arn:aws:batch:us-east-1:123456789012:job-queue/q" },
    ["/queue: Should be the name or the ARN of a queue"],
  ],
  [
    "a long token",
    { ...jobRequest(), ClientRequestToken: "x".repeat(65) },
    ["/clientRequestToken: Should have at most 64 ASCII characters"],
  ],
  [
    "a token outside ASCII",
    { ...jobRequest(), ClientRequestToken: "é" },
    ["/clientRequestToken: Should have at most 64 ASCII characters"],
  ],
  ["no inputs", withSettings({ Inputs: [] }), ["/inputs: Should have at least 1 items"]],
  ["an input without a file", withSettings({ Inputs: [{}] }), ["/inputs/0: fileInput is a required property"]],
  [
    "an input to follow that doesn't exist",
    withSettings({ FollowSource: 2 }),
    ["/followSource: Should be the number of an input, of which there are 1"],
  ],
  ["no output groups", withSettings({ OutputGroups: [] }), ["/outputGroups: Should have at least 1 items"]],
  ["no settings of a group", jobRequest([{ Outputs: [] }]), [`${AT}: outputGroupSettings is a required property`]],
  [
    "a group without a type",
    jobRequest([{ OutputGroupSettings: {}, Outputs: [videoOutput("a", 720)] }]),
    [`${AT}/outputGroupSettings: type is a required property`],
  ],
  [
    "a group without the settings of its type",
    jobRequest([{ OutputGroupSettings: { Type: "CMAF_GROUP_SETTINGS" }, Outputs: [videoOutput("a", 720)] }]),
    [`${AT}/outputGroupSettings: cmafGroupSettings is a required property`],
  ],
  ["a group without outputs", withOutputs(), [`${AT}/outputs: Should have at least 1 items`]],
  [
    "an HLS group without a minimum for its segments",
    jobRequest([
      {
        OutputGroupSettings: { Type: "HLS_GROUP_SETTINGS", HlsGroupSettings: { Destination: "s3://videos/a" } },
        Outputs: [videoOutput("a", 720)],
      },
    ]),
    [`${AT}/outputGroupSettings/hlsGroupSettings: minSegmentLength is a required property`],
  ],
  [
    "several outputs of which one has no name of its own",
    withOutputs(videoOutput("a", 720), { ContainerSettings: { Container: "M3U8" } }),
    [`${AT}/outputs/1: nameModifier is a required property`],
  ],
  [
    "several outputs of one name",
    withOutputs(videoOutput("a", 720), videoOutput("b", 540), videoOutput("a", 360)),
    [`${AT}/outputs/2/nameModifier: Should be unique in its output group. Output 0 has the same`],
  ],
  [
    "an output without a container",
    withOutputs({ NameModifier: "_a" }),
    [`${AT}/outputs/0: containerSettings is a required property`],
  ],
  [
    "an output with a preset and a container",
    withOutputs(videoOutput("a", 720, { Preset: "mine" })),
    [`${AT}/outputs/0: Should have either preset or containerSettings`],
  ],
  ["no codec", withVideo({}), [`${VIDEO}: codec is a required property`]],
  ["a codec without its settings", withVideo({ Codec: "H_264" }), [`${VIDEO}: h264Settings is a required property`]],
  [
    "QVBR without a maximum",
    withH264({ RateControlMode: "QVBR" }),
    [`${VIDEO}/h264Settings: maxBitrate is a required property`],
  ],
  [
    "CBR without a bitrate, and with settings of QVBR",
    withH264({ RateControlMode: "CBR", QvbrSettings: { QvbrQualityLevel: 7 } }),
    [
      `${VIDEO}/h264Settings: bitrate is a required property`,
      `${VIDEO}/h264Settings/qvbrSettings: Should be set only for QVBR`,
    ],
  ],
  [
    "a size of groups of pictures without its unit",
    withH264({ RateControlMode: "VBR", Bitrate: 1_000_000, GopSize: 2 }),
    [`${VIDEO}/h264Settings/gopSize: Should be set only if gopSizeUnits is FRAMES or SECONDS`],
  ],
  [
    "a frame rate and a shape of pixels without numbers, in H.265 too",
    withVideo({ Codec: "H_265", H265Settings: { FramerateControl: "SPECIFIED", ParControl: "SPECIFIED" } }),
    ["framerateNumerator", "framerateDenominator", "parNumerator", "parDenominator"].map(
      (name) => `${VIDEO}/h265Settings: ${name} is a required property`,
    ),
  ],
  ["AAC without its settings", withAudio({ Codec: "AAC" }), [`${AUDIO}: aacSettings is a required property`]],
];

describe("what MediaConvert refuses besides its model", () => {
  for (const [what, request, problems] of REFUSED) {
    it(`is ${what}`, () => assert.deepEqual(findProblems(request), problems));
  }

  it("is not the name of one output, nor the same name in two groups or with another extension", () => {
    const only = { ...videoOutput("a", 720), NameModifier: undefined } as unknown as JsonObject;
    const groups = [
      hlsGroup([only]),
      fileGroup(
        [mp4Output("a", 720, { Extension: "mp4" }), mp4Output("a", 360, { Extension: "m4v" })],
        "s3://videos/a",
      ),
      fileGroup([mp4Output("a", 720)], "s3://videos/b"),
    ];
    assert.deepEqual(findProblems(jobRequest(groups, { Queue: "Default", ClientRequestToken: "x".repeat(64) })), []);
  });

  it("is not an audio source that inputs don't have, which is silent", () => {
    const output = videoOutput("a", 720, { AudioDescriptions: [{ AudioSourceName: "English" }, {}] });
    const selectors = (AudioSelectors: object, more: object = {}) => ({
      FileInput: "s3://v/a",
      AudioSelectors,
      ...more,
    });
    const Inputs = [
      selectors({ "English": {}, "Audio Selector 1": {} }),
      selectors({ French: { DefaultSelection: "DEFAULT" } }),
      selectors({}, { AudioSelectorGroups: { English: {} } }),
      { FileInput: "s3://v/b" },
    ];
    const request = withSettings({ Inputs, OutputGroups: [hlsGroup([output])] });
    assert.deepEqual(findProblems(request), []);
    const silent = (audio: number, input: number, name: string): string =>
      `/outputGroups/0/outputs/0/audioDescriptions/${audio}: Input ${input} has neither "${name}" nor a default audio selector, so this audio is silent`;
    assert.deepEqual(silentAudio(request.Settings), [
      ...[silent(0, 3, "English"), silent(1, 2, "Audio Selector 1"), silent(1, 3, "Audio Selector 1")],
    ]);
  });
});
