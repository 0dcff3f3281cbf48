import type { PipelineStates } from "../../index";
import { expression } from "./expression";
import { describeFailure, FIND_JOB, READ_ERROR } from "./failure";
import { RENDITIONS } from "./ladder";

/** What the workflow calls. */
export interface ProcessTargets {
  /** The pipeline's inspection, which continues at `Read Metadata` or `Fail Processing`. */
  inspection: PipelineStates["states"];
  /** The role that MediaConvert assumes to read videos and write outputs. */
  mediaConvertRoleArn: string;
  /** An on-demand queue of MediaConvert. */
  mediaConvertQueueArn: string;
}

/** The names of its states at which the inspection continues. */
export const AFTER_INSPECTION = { next: "Read Metadata", failed: "Fail Processing" };

/** Path of the main playlist below the output, and of all others without what their names end with. */
export const PLAYLIST = "hls/master";

const JOB_HOURS = 12;
const SEGMENT_SECONDS = 6;

/** Service errors, above all too many calls at once. Settings that MediaConvert refuses stay refused. */
const BACK_OFF = { IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 60, JitterStrategy: "FULL" };

const H264 = {
  RateControlMode: "QVBR",
  // The cheapest. SINGLE_PASS_HQ and MULTI_PASS_HQ look better and cost more.
  QualityTuningLevel: "SINGLE_PASS",
  SceneChangeDetect: "TRANSITION_DETECTION",
  // Every segment begins with a keyframe, in all renditions at the same time.
  GopSize: 2,
  GopSizeUnits: "SECONDS",
  GopClosedCadence: 1,
  FramerateControl: "INITIALIZE_FROM_SOURCE",
  ParControl: "SPECIFIED",
  ParNumerator: 1,
  ParDenominator: 1,
};

const AUDIO = {
  AudioSourceName: "Audio Selector 1",
  CodecSettings: { Codec: "AAC", AacSettings: { Bitrate: 128_000, CodingMode: "CODING_MODE_2_0", SampleRate: 48_000 } },
};

/** The pixels of the source may not be square, and those of a rendition are: its own shape is right without bars. */
const OUTPUTS = `[$renditions.{
  'NameModifier': '_' & name,
  'ContainerSettings': {'Container': 'M3U8'},
  'VideoDescription': {
    'Width': width,
    'Height': height,
    'ScalingBehavior': 'STRETCH_TO_OUTPUT',
    'CodecSettings': {
      'Codec': 'H_264',
      'H264Settings': $merge([${JSON.stringify(H264)}, {'MaxBitrate': maxBitrate, 'QvbrSettings': {'QvbrQualityLevel': quality}}])
    }
  },
  'AudioDescriptions': $source.sound ? ${JSON.stringify([AUDIO])}
}]`;

const INPUTS = `[{
  'FileInput': $input,
  'TimecodeSource': 'ZEROBASED',
  'VideoSelector': {'Rotate': 'AUTO'},
  'AudioSelectors': $source.sound ? {'Audio Selector 1': {'DefaultSelection': 'DEFAULT'}}
}]`;

const OUTPUT_GROUP_SETTINGS = {
  Type: "HLS_GROUP_SETTINGS",
  HlsGroupSettings: {
    Destination: expression(`$output & '/${PLAYLIST}'`),
    DestinationSettings: { S3Settings: { Encryption: { EncryptionType: "SERVER_SIDE_ENCRYPTION_S3" } } },
    SegmentLength: SEGMENT_SECONDS,
    MinSegmentLength: 0,
    SegmentControl: "SEGMENTED_FILES",
    DirectoryStructure: "SINGLE_DIRECTORY",
    ManifestDurationFormat: "FLOATING_POINT",
    CodecSpecification: "RFC_6381",
  },
};

/**
 * A failed job is JSON in the cause. After a timeout nobody knows its id: Step Functions has tried to cancel it, and MediaConvert finds it by
 * its input.
 */
const JOB_FAILURE = `(
  ${READ_ERROR}
  $job := $exists($parsed.Job) ? $parsed.Job : $parsed;
  $reason := $exists($job.Id)
    ? 'MediaConvert job ' & $job.Id & ' ended as ' & $job.Status
      & ($exists($job.ErrorCode) ? ' with error ' & $job.ErrorCode) & ($job.ErrorMessage ? ': ' & $job.ErrorMessage : '.')
    : $error = 'States.Timeout'
    ? 'The job did not end within ${JOB_HOURS} hours and may still run. ' & ${FIND_JOB}
    : $error & '. ' & $cause;
  ${describeFailure("Create Job", "$reason", "$exists($job.Id) ? $job.Id : null")}
)`;

const METADATA_FAILURE = `(${READ_ERROR} ${describeFailure("Read Metadata", "$error & '. ' & $cause")})`;

/** What has to be there, for the workflow that checks it. */
const ASSETS = `$append(
  [{'playlist': $output & '/${PLAYLIST}.m3u8', 'variants': [$renditions.('master_' & name & '.m3u8')]}],
  $renditions.{'playlist': $output & '/${PLAYLIST}_' & name & '.m3u8', 'seconds': $source.seconds}
)`;

/** The definition of the workflow that makes the renditions of a video: `{input, output}` becomes `{job, assets}`. */
export function defineProcess({ inspection, mediaConvertRoleArn, mediaConvertQueueArn }: ProcessTargets): object {
  return {
    Comment:
      "Inspects a video with the pipeline's worker, chooses its renditions by its size, and lets MediaConvert make them.",
    QueryLanguage: "JSONata",
    StartAt: "Extract Metadata",
    States: {
      ...inspection,
      "Read Metadata": readMetadata(),
      "Choose Renditions": {
        Type: "Pass",
        Assign: { renditions: expression(RENDITIONS) },
        Output: {},
        Next: "Create Job",
      },
      "Create Job": {
        Type: "Task",
        Resource: "arn:aws:states:::mediaconvert:createJob.sync",
        Arguments: {
          Role: mediaConvertRoleArn,
          Queue: mediaConvertQueueArn,
          Tags: { execution: "{% $states.context.Execution.Name %}" },
          Settings: {
            TimecodeConfig: { Source: "ZEROBASED" },
            Inputs: expression(INPUTS),
            OutputGroups: [{ OutputGroupSettings: OUTPUT_GROUP_SETTINGS, Outputs: expression(OUTPUTS) }],
          },
        },
        TimeoutSeconds: JOB_HOURS * 3600,
        Retry: [
          {
            ErrorEquals: ["MediaConvert.TooManyRequestsException", "MediaConvert.InternalServerErrorException"],
            ...{ ...BACK_OFF, MaxAttempts: 6 },
          },
        ],
        Catch: [{ ErrorEquals: ["States.ALL"], Assign: { failure: expression(JOB_FAILURE) }, Next: "Fail Processing" }],
        Assign: { job: "{% $states.result.Job.Id %}" },
        Output: {},
        Next: "Video Processed",
      },
      "Video Processed": { Type: "Succeed", Output: { job: "{% $job %}", assets: expression(ASSETS) } },
      // The workflow around this one reads what failed from the cause.
      "Fail Processing": { Type: "Fail", Error: "{% $failure.error %}", Cause: "{% $string($failure) %}" },
    },
  };
}

/** The worker's view of the video: sizes are those that are displayed, and sound is what can be decoded. */
function readMetadata(): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::aws-sdk:s3:getObject",
    Arguments: {
      Bucket: "{% $substringBefore($substringAfter($output, '://'), '/') %}",
      Key: "{% $substringAfter($substringAfter($output, '://'), '/') & '/metadata.json' %}",
    },
    TimeoutSeconds: 20,
    Retry: [{ ErrorEquals: ["S3.S3Exception", "S3.SdkClientException"], ...{ ...BACK_OFF, MaxAttempts: 4 } }],
    Catch: [
      { ErrorEquals: ["States.ALL"], Assign: { failure: expression(METADATA_FAILURE) }, Next: "Fail Processing" },
    ],
    Assign: {
      source: expression(`(
        $video := $parse($states.result.Body).source;
        {
          'width': $video.width,
          'height': $video.height,
          'seconds': $video.durationSeconds,
          'sound': $count($video.audioStreams) > 0
        }
      )`),
    },
    Output: {},
    Next: "Choose Renditions",
  };
}
