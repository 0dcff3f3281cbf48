import type * as pulumi from "@pulumi/pulumi";

import type { Encryption, Roles } from "./access/args";
import type { ComputeEnvironment } from "./compute/args";
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
   * The qualities that every video is encoded in, 1 or more. A video is never enlarged: renditions above its size are left
   * out. A change applies to the next execution and replaces nothing. Defaults to 4k, 1080p, 720p and 480p.
   */
  renditions?: Rendition[];
  /**
   * The encoder preset of renditions that name none, in x264's terms from `ultrafast` to `veryslow`. A change applies to the next
   * execution and replaces nothing. Defaults to `fast`.
   */
  preset?: Preset;
  /**
   * The job queues, 1 to 50. The first one runs the metadata and packaging jobs, the last one the features job. A new name
   * makes a new queue. Defaults to `high` with priority 10 and `low` with priority 1.
   */
  queues?: Queue[];
  /**
   * The parts that every rendition is encoded in, one after the other, each on its own queue, 1 or more. A change applies to
   * the next execution and replaces nothing. Defaults to the first 10 seconds on the first queue and the rest on the last.
   */
  parts?: Part[];
  /**
   * The machines that the jobs run on, 1 to 50 environments. A new name makes a new environment. Defaults to one of EC2 On-Demand
   * Instances named `compute`, with 0 to 4 vCPUs.
   */
  computeEnvironments?: ComputeEnvironment[];
  /** Where the machines run. Defaults to the public subnets of the default VPC. */
  network?: Network;
  /** Image, command, resources and retries of each kind of job. Defaults to the worker that comes with this package. */
  jobs?: Jobs;
  /** Attempts and timeout of jobs that name none. Defaults to 3 attempts of up to one hour. */
  jobDefaults?: JobDefaults;
  /** The worker's image, for all jobs without their own. Defaults to one built from this package's `worker/`. */
  image?: Image;
  /** Where videos are read and outputs are written. Defaults to a private bucket made for the pipeline. */
  storage?: Storage;
  /** What starts executions automatically. Defaults to nothing: people or programs start them. */
  trigger?: Trigger;
  /** Who is notified of finished and failed videos. Defaults to a topic made for the pipeline, without subscriptions. */
  notifications?: Notifications;
  /** Logs, metrics, a dashboard and alarms. Defaults to none. */
  monitoring?: Monitoring;
  /** Which key encrypts what the pipeline makes. Defaults to AWS's own keys. */
  encryption?: Encryption;
  /** Time limits of an execution, and what a failure ends. By default one hour in total, and any failure ends the execution. */
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
  /** Seconds between keyframes, 1 to 10. Players can switch renditions at each of them. Defaults to 2, as Apple recommends. */
  gopSeconds?: number;
  /**
   * Longest video that is accepted, in seconds, 1 to 604,800, which is a week. A longer one fails before anything is encoded. Packaging a
   * day needs half of the memory that jobs have by default, and a longer video proportionally more. Changing it encodes nothing again.
   * Defaults to 86,400, which is a day.
   */
  maxDurationSeconds?: number;
  /**
   * The share of a video's length that may be damaged, a number from 0 to 1. Up to it the video succeeds: the picture before is shown for
   * one that can't be decoded, and manifest, notices and reports say where and for how long. A video with more fails, before anything is
   * encoded where its file shows it. An execution's input may have its own `maxDamagedShare`. Changing it encodes nothing again. Defaults
   * to 0.02, which is 2 percent.
   */
  maxDamagedShare?: number;
  /**
   * Adds an MPEG-DASH manifest, `hls/manifest.mpd`, over the same segments. Enabling or disabling it encodes nothing again.
   * Defaults to false.
   */
  enableDash?: boolean;
  /**
   * Encodes smaller H.264 renditions together, in the jobs of the largest of them: the source is decoded once for all of them, which
   * saves a tenth to a fifth of all vCPU time. Together they have no more pixels than the largest rendition of the video, so nothing
   * takes longer. A job has the vCPUs that its rendition asks for, and memory for everything that it may encode. The states of
   * renditions that other jobs encode are skipped. Enabling or disabling it encodes nothing again. Defaults to false.
   */
  enableSharedDecoding?: boolean;
  /** Existing roles, and a limit of those that are made. Defaults to roles made for the pipeline. */
  roles?: Roles;
  /** Tags of every resource of the pipeline that can have tags, and of the instances. Defaults to none. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
