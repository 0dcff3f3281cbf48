import type { CodecSettings, JobRequest, JobSettings, Output, OutputGroup } from "./settings";
import { fieldName } from "./violations";

const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/.+$/;
const QUEUE = /^(arn:[\w-]+:mediaconvert:[\w-]+:\d{12}:queues\/)?[\w-]+$/;
const MAX_TOKEN = 64;
const AAC_BITRATES = [
  ...[6000, 8000, 10000, 12000, 14000, 16000, 20000, 24000, 28000, 32000, 40000, 48000, 56000, 64000, 80000, 96000],
  ...[112000, 128000, 160000, 192000, 224000, 256000, 288000, 320000, 384000, 448000, 512000, 576000, 640000, 768000],
  ...[896000, 1024000],
];

/** The object of settings for each type of output group. */
const GROUP_SETTINGS: Record<string, string> = {
  HLS_GROUP_SETTINGS: "HlsGroupSettings",
  FILE_GROUP_SETTINGS: "FileGroupSettings",
  DASH_ISO_GROUP_SETTINGS: "DashIsoGroupSettings",
  CMAF_GROUP_SETTINGS: "CmafGroupSettings",
  MS_SMOOTH_GROUP_SETTINGS: "MsSmoothGroupSettings",
};

/** The codecs that need the object of their settings. */
const CODEC_SETTINGS: Record<string, string> = {
  ...{ H_264: "H264Settings", AAC: "AacSettings", AC3: "Ac3Settings", EAC3: "Eac3Settings", MP3: "Mp3Settings" },
  ...{ OPUS: "OpusSettings", FLAC: "FlacSettings", WAV: "WavSettings", FRAME_CAPTURE: "FrameCaptureSettings" },
  ...{ AV1: "Av1Settings", VP8: "Vp8Settings", VP9: "Vp9Settings", MPEG2: "Mpeg2Settings", PRORES: "ProresSettings" },
};

/**
 * What MediaConvert refuses that its model does not say. Each rule stands in the reference of the API, at the field that it is about, if
 * nothing else is named.
 * @see https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html
 */
export function findProblems({ Role, Queue, ClientRequestToken, Settings }: JobRequest): string[] {
  const problems = [
    ...(ROLE_ARN.test(Role) ? [] : ["/role: Should be the ARN of an IAM role"]),
    ...(Queue === undefined || QUEUE.test(Queue) ? [] : ["/queue: Should be the name or the ARN of a queue"]),
    ...(/^[ -~]{0,64}$/.test(ClientRequestToken ?? "")
      ? []
      : [`/clientRequestToken: Should have at most ${MAX_TOKEN} ASCII characters`]),
  ];
  return [...problems, ...problemsOfSettings(Settings)];
}

function problemsOfSettings({ Inputs = [], OutputGroups = [], FollowSource }: JobSettings): string[] {
  return [
    ...(Inputs.length > 0 ? [] : ["/inputs: Should have at least 1 items"]),
    ...(FollowSource === undefined || FollowSource <= Inputs.length
      ? []
      : [`/followSource: Should be the number of an input, of which there are ${Inputs.length}`]),
    ...Inputs.flatMap(({ FileInput }, index) => missing(`/inputs/${index}`, { FileInput })),
    ...(OutputGroups.length > 0 ? [] : ["/outputGroups: Should have at least 1 items"]),
    ...OutputGroups.flatMap((group, index) => problemsOfGroup(group, `/outputGroups/${index}`)),
  ];
}

function problemsOfGroup({ OutputGroupSettings, Outputs = [] }: OutputGroup, path: string): string[] {
  if (!OutputGroupSettings) return missing(path, { OutputGroupSettings });
  const { Type } = OutputGroupSettings;
  const at = `${path}/outputGroupSettings`;
  const needed = GROUP_SETTINGS[Type ?? ""];
  return [
    ...missing(at, { Type }),
    ...(needed === undefined
      ? []
      : missing(at, { [needed]: (OutputGroupSettings as Record<string, unknown>)[needed] })),
    ...problemsOfHls(OutputGroupSettings.HlsGroupSettings, `${at}/hlsGroupSettings`),
    // https://github.com/aws-solutions-library-samples/video-on-demand-on-aws/issues/1
    ...(Outputs.length > 0 ? [] : [`${path}/outputs: Should have at least 1 items`]),
    ...problemsOfNames(Outputs, path),
    ...Outputs.flatMap((output, index) => problemsOfOutput(output, `${path}/outputs/${index}`)),
  ];
}

/** The reference does not say so, the service does: https://github.com/aws/aws-sdk/issues/577. */
function problemsOfHls(settings: { MinSegmentLength?: number } | undefined, path: string): string[] {
  return settings ? missing(path, { MinSegmentLength: settings.MinSegmentLength }) : [];
}

/** Outputs of a group share the beginning of their names. */
function problemsOfNames(outputs: readonly Output[], path: string): string[] {
  if (outputs.length < 2) return [];
  const names = outputs.map(({ NameModifier, Extension = "" }) => `${NameModifier ?? ""}.${Extension}`);
  return outputs.flatMap(({ NameModifier }, index) => {
    const at = `${path}/outputs/${index}`;
    if (NameModifier === undefined) return missing(at, { NameModifier });
    const first = names.indexOf(names[index] as string);
    return first === index
      ? []
      : [`${at}/nameModifier: Should be unique in its output group. Output ${first} has the same`];
  });
}

function problemsOfOutput(output: Output, path: string): string[] {
  const { Preset, ContainerSettings, VideoDescription, AudioDescriptions = [] } = output;
  const video = VideoDescription?.CodecSettings;
  return [
    // https://github.com/aws/aws-sdk-js-v3/issues/2661
    ...(Preset === undefined ? missing(path, { ContainerSettings }) : []),
    ...(Preset !== undefined && ContainerSettings ? [`${path}: Should have either preset or containerSettings`] : []),
    ...(video ? problemsOfVideo(video, `${path}/videoDescription/codecSettings`) : []),
    ...AudioDescriptions.flatMap(({ CodecSettings }, index) =>
      CodecSettings ? problemsOfAudio(CodecSettings, `${path}/audioDescriptions/${index}/codecSettings`) : [],
    ),
  ];
}

function problemsOfVideo(codec: CodecSettings, path: string): string[] {
  const names = ["H264Settings", "H265Settings"].filter((name) => codec[name] !== undefined);
  return [
    ...problemsOfCodec(codec, path),
    ...names.flatMap((name) => problemsOfRate(codec[name] as Record<string, unknown>, `${path}/${fieldName(name)}`)),
  ];
}

function problemsOfRate(settings: Record<string, unknown>, path: string): string[] {
  const { RateControlMode: mode, Bitrate, MaxBitrate, QvbrSettings, GopSize, GopSizeUnits = "AUTO" } = settings;
  const { FramerateControl, FramerateNumerator, FramerateDenominator } = settings;
  const { ParControl, ParNumerator, ParDenominator } = settings;
  return [
    ...(mode === "QVBR" ? missing(path, { MaxBitrate }) : []),
    ...(mode === "VBR" || mode === "CBR" ? missing(path, { Bitrate }) : []),
    ...(QvbrSettings !== undefined && mode !== "QVBR" ? [`${path}/qvbrSettings: Should be set only for QVBR`] : []),
    ...(GopSize !== undefined && GopSizeUnits === "AUTO"
      ? [`${path}/gopSize: Should be set only if gopSizeUnits is FRAMES or SECONDS`]
      : []),
    ...(FramerateControl === "SPECIFIED" ? missing(path, { FramerateNumerator, FramerateDenominator }) : []),
    ...(ParControl === "SPECIFIED" ? missing(path, { ParNumerator, ParDenominator }) : []),
  ];
}

function problemsOfAudio(codec: CodecSettings, path: string): string[] {
  const { Bitrate } = (codec["AacSettings"] ?? {}) as { Bitrate?: number };
  const allowed = Bitrate === undefined || AAC_BITRATES.includes(Bitrate);
  return [
    ...problemsOfCodec(codec, path),
    ...(allowed ? [] : [`${path}/aacSettings/bitrate: Should be one of ${AAC_BITRATES.join(", ")}`]),
  ];
}

function problemsOfCodec(codec: CodecSettings, path: string): string[] {
  const { Codec } = codec;
  const needed = CODEC_SETTINGS[Codec ?? ""];
  return [...missing(path, { Codec }), ...(needed === undefined ? [] : missing(path, { [needed]: codec[needed] }))];
}

function missing(path: string, fields: Record<string, unknown>): string[] {
  return Object.entries(fields)
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${path}: ${fieldName(name)} is a required property`);
}
