import type * as pulumi from "@pulumi/pulumi";

import type { Encryption, Roles } from "./access/args";
import type { ComputeEnvironment } from "./compute/args";
import type { Events } from "./events/args";
import type { Image, JobDefaults, Jobs } from "./jobs/args";
import type { Audio, Preset, Rendition } from "./media/args";
import type { Logs, Monitoring } from "./monitoring/args";
import type { Network } from "./network/args";
import type { Notifications } from "./notifications/args";
import type { Part, Queue } from "./queues/args";
import type { Approval, Workflow } from "./stateMachine/args";
import type { Storage } from "./storage/args";
import type { Trigger } from "./trigger/args";

/** The settings of a video batch pipeline. Each has a default that works. */
export interface VideoBatchPipelineArgs {
  /**
   * The qualities that every video is encoded in, 1 or more. A video is never enlarged: the pipeline skips renditions above
   * its size. A change applies to the next execution and replaces nothing. Defaults to 4k, 1080p, 720p and 480p.
   */
  renditions?: Rendition[];
  /**
   * The encoder preset of renditions without their own, in x264's terms from `ultrafast` to `veryslow`. A change applies to
   * the next execution and replaces nothing. Defaults to `fast`.
   */
  preset?: Preset;
  /**
   * The job queues, 1 to 50. The first one runs the metadata and packaging jobs, the last one the features job. A new name
   * creates a new queue. Defaults to `high` with priority 10 and `low` with priority 1.
   */
  queues?: Queue[];
  /**
   * The parts in which every rendition is encoded, one after the other, each on its own queue, 1 or more. A change applies to
   * the next execution and replaces nothing. Defaults to the first 10 seconds on the first queue and the rest on the last.
   */
  parts?: Part[];
  /**
   * The machines that the jobs run on, 1 to 50 environments. A new name creates a new environment. Defaults to one
   * environment of EC2 On-Demand Instances named `compute`, with 0 to 4 vCPUs.
   */
  computeEnvironments?: ComputeEnvironment[];
  /** The network that the machines run in. Defaults to the public subnets of the default VPC. */
  network?: Network;
  /** Image, command, resources and retries of each kind of job. Defaults to the worker in this package. */
  jobs?: Jobs;
  /** Attempts and timeout of jobs without their own. Defaults to 3 attempts of up to one hour. */
  jobDefaults?: JobDefaults;
  /** The worker's image, for all jobs without their own. Defaults to an image built from this package's `worker/`. */
  image?: Image;
  /** The buckets for videos and outputs. Defaults to a private bucket that the pipeline creates. */
  storage?: Storage;
  /** What starts executions automatically. Defaults to nothing: people or programs start them. */
  trigger?: Trigger;
  /** Who is notified of finished and failed videos. Defaults to a topic that the pipeline creates, without subscriptions. */
  notifications?: Notifications;
  /** Events about every video on an EventBridge bus, for programs that react to them. Defaults to none. */
  events?: Events;
  /** Logs, metrics, a dashboard and alarms. Removing it deletes them, with the log of job events. Defaults to none. */
  monitoring?: Monitoring;
  /** The key that encrypts what the pipeline creates. Defaults to AWS's own keys. */
  encryption?: Encryption;
  /**
   * Time limits of an execution, and what happens after a failure. By default an execution has one hour, and any failure ends
   * it.
   */
  workflow?: Workflow;
  /** Asks people before a video is published. Defaults to publishing without approval. */
  approval?: Approval;
  /** The logs of the jobs and of the state machine. Defaults to 30 days of retention. */
  logs?: Logs;
  /** The sound that all renditions share. Defaults to AAC, stereo, 128 kbit/s. */
  audio?: Audio;
  /**
   * Seconds of video that one job encodes, `segmentSeconds` to 3,600. The chunks of a part run side by side as a Batch
   * array job. Shorter chunks finish sooner on many vCPUs and cost a little more in total. Defaults to 60.
   */
  chunkSeconds?: number;
  /** Seconds of one HLS segment, 1 to 60, a multiple of `gopSeconds`. Defaults to 6, as Apple recommends. */
  segmentSeconds?: number;
  /**
   * Seconds between keyframes, 1 to 10. Players can switch renditions at each keyframe. Defaults to 2, as Apple recommends.
   */
  gopSeconds?: number;
  /**
   * Length of the longest video that is accepted, in seconds, 1 to 604,800, which is a week. A longer video fails before
   * anything is encoded. Packaging a video of one day needs half of the memory that jobs have by default, and a longer one
   * needs proportionally more. A change encodes nothing again. Defaults to 86,400, which is a day.
   */
  maxDurationSeconds?: number;
  /**
   * The share of a video's length that may be damaged, a number from 0 to 1. Up to this share the video succeeds.
   * The picture before replaces one that can't be decoded, and manifest, notices and reports say where and for how long. A
   * video with more damage fails, before anything is encoded if the file's structure shows it. An execution's input may have
   * its own `maxDamagedShare`. A change encodes nothing again. Defaults to 0.02, which is 2 percent.
   */
  maxDamagedShare?: number;
  /**
   * Adds an MPEG-DASH manifest, `hls/manifest.mpd`, for the same segments. A change encodes nothing again. Defaults to false.
   */
  enableDash?: boolean;
  /**
   * Encodes smaller H.264 renditions together, in the jobs of the largest of them: decoding the source once for all of them
   * saves a tenth to a fifth of all vCPU time. Together they have no more pixels than the video's largest rendition, so
   * nothing takes longer. A job has the vCPUs of its own rendition, and memory for everything that it may encode. The states
   * of renditions that other jobs encode are skipped. A change encodes nothing again. Defaults to false.
   */
  enableSharedDecoding?: boolean;
  /** Existing roles, and a boundary for those that the pipeline creates. Defaults to roles that the pipeline creates. */
  roles?: Roles;
  /**
   * Tags of all resources of the pipeline that can have tags, and of the instances. A change updates the environments in
   * place, which replaces their instances as `updatePolicy` says. Defaults to none.
   */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
