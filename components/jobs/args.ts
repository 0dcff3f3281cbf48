import type * as pulumi from "@pulumi/pulumi";

/** The four kinds of jobs, one Batch job definition each. */
export interface Jobs {
  /** Finds out what the video is, and plans what is made from it. Defaults to the worker's `metadata` command. */
  metadata?: Job;
  /** Makes scenes, poster and thumbnails. Defaults to the worker's `features` command. */
  features?: Job;
  /** Encodes one part of one rendition, and the sound. Defaults to the worker's `transcode` command. */
  transcode?: Job;
  /**
   * Makes MP4 files and HLS playlists from the parts. Defaults to the worker's `package` command. With your own transcode command
   * there is nothing for it to package, and the step is left out unless you give a command here.
   */
  package?: Job;
}

/** What all kinds of jobs have in common. A change registers new revisions of their definitions. */
export interface JobDefaults {
  /**
   * The most attempts of a job, 1 to 10. Defaults to 3.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
   */
  attempts?: number;
  /**
   * Seconds that one attempt may run before Batch ends it, 60 to 1,209,600. Batch does not start a job again after a timeout.
   * Renditions above 1,080 pixels and chunks above 60 seconds get more time in proportion. Defaults to 3,600.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
   */
  attemptTimeoutSeconds?: number;
}

/** A Batch job definition. A change registers a new revision; running executions keep the old one. */
export interface Job {
  /** Container image, required with `command`. With the worker's command it is one derived from the worker's image. Defaults to that. */
  image?: pulumi.Input<string>;
  /**
   * Your own command, which replaces the worker's. `Ref::input` and `Ref::output` stand for the execution's URIs; in
   * `jobs.transcode`, `Ref::rendition` and `Ref::part` stand for the rendition's name and the part's number, from 1, and in
   * `jobs.package`, `Ref::missing` for what has failed, such as {"renditions":["720p"],"features":false}. The command gets only the
   * parameters that it names. Defaults to the worker's command for this step.
   */
  command?: string[];
  /**
   * vCPUs of the container: a whole number from 1 to 256, at most what an environment of its queue has; on Fargate 0.25, 0.5, 1,
   * 2, 4, 8 or 16, and on EKS also 0.25 and 0.5. Defaults to 2.
   */
  vcpus?: number;
  /**
   * Memory of the container in MiB, 128 to 1,048,576. Fargate has fixed sizes for every number of vCPUs; instances have a few
   * percent less for jobs than their nominal memory. Defaults to 1,024, on Fargate to the smallest size with that much.
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html
   */
  memoryMiB?: number;
  /** GPUs of the container, 1 to 16. The environments of its queue need GPU instances. Defaults to none. */
  gpus?: number;
  /**
   * Environment variables. Names must not start with `AWS_BATCH`, which Batch reserves. Defaults to `AWS_REGION` alone, the region of
   * the pipeline, which every job has unless it sets another.
   */
  environment?: Record<string, pulumi.Input<string>>;
  /**
   * Environment variables, each with the ARN of the secret in Secrets Manager, or of the parameter in Parameter Store, that it gets
   * its value from. On EC2 and Fargate; for EKS see `pod.secretMounts`. Defaults to none.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html
   */
  secrets?: Record<string, pulumi.Input<string>>;
  /** EFS file systems that are mounted in the container. On EC2 and Fargate; for EKS see `pod.claimMounts`. Defaults to none. */
  efsMounts?: EfsMount[];
  /**
   * GiB of the volume at `/tmp`, 21 to 200. On EC2 it is part of the instance's `diskGiB`, which has to be larger. Defaults to
   * 40.
   */
  scratchGiB?: number;
  /**
   * Allows the container to write outside of `/tmp` and its mounts. Defaults to false for the worker, and to true for your own
   * commands.
   */
  enableWritableRoot?: boolean;
  /**
   * Numeric user that the container runs as, 0 to 65,535; 0 is root. Defaults to the worker's own, 10,001, and for your own commands
   * to the image's.
   */
  userId?: number;
  /**
   * ARN of an existing role for the program in this job, which ECS tasks may assume. On EC2 and Fargate; for EKS see
   * `pod.serviceAccountName`. Defaults to the pipeline's job role, which reads videos and writes outputs.
   */
  roleArn?: pulumi.Input<string>;
  /** Settings of the job's pods on EKS: service account, secrets, persistent volumes. Defaults to none. */
  pod?: Pod;
  /**
   * The most attempts of the job, 1 to 10. Defaults to `jobDefaults.attempts`.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
   */
  attempts?: number;
  /**
   * After which failures the job is started again: at most 5 rules, of which the first that matches decides. If none matches, the job
   * is started again; so are your own commands after any failure. Defaults to rules for the worker: started again after a reclaimed
   * host, an image that can't be pulled, a failed start, an error or a killed process, and not after a video that can never work
   * (exit code 2) or anything else. Pods, whose failures have no texts to tell them apart, after anything but exit code 2.
   */
  exitRules?: ExitRule[];
  /**
   * Seconds that one attempt may run before Batch ends it, 60 to 1,209,600. Batch does not start a job again after a timeout.
   * Renditions above 1,080 pixels and chunks above 60 seconds get more time in proportion. Defaults to
   * `jobDefaults.attemptTimeoutSeconds`.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
   */
  attemptTimeoutSeconds?: number;
  /**
   * Name of the job definition in AWS, 1 to 128 letters, digits, `-` or `_`. A change replaces the definition. It has to come with the
   * first or the last of `pod.claimMounts`, which do that too. Defaults to a generated one.
   */
  jobDefinitionName?: string;
}

/** What Batch does with a job after a failed attempt. */
export const ExitAction = {
  RETRY: "RETRY",
  EXIT: "EXIT",
} as const;
export type ExitAction = (typeof ExitAction)[keyof typeof ExitAction];

/** What happens after a failed attempt. At least one condition is required, and all that are given have to hold. */
export interface ExitRule {
  /** `RETRY` to start the job again while it has attempts left, or `EXIT`. */
  action: ExitAction;
  /** Exit code: digits, with `*` at the end for any code that begins so. Defaults to any. */
  onExitCode?: string;
  /** Reason of the container, for example `CannotPullContainerError:*`: at most 512 characters, and `*` only at the end. Defaults to any. */
  onReason?: string;
  /** Status reason of the job, for example `Host EC2*`: at most 512 characters, and `*` only at the end. Defaults to any. */
  onStatusReason?: string;
}

/** An EFS file system inside a container. The connection is encrypted, and the job's role needs permission. */
export interface EfsMount {
  /** ARN of the file system. Its security group has to allow the machines in on port 2049. */
  fileSystemArn: pulumi.Input<string>;
  /** Absolute path in the container, not `/` and not `/tmp`. */
  path: string;
  /** Id of an access point, which determines directory and user. Defaults to none: the root of the file system. */
  accessPointId?: pulumi.Input<string>;
  /** Allows the container to write. Defaults to false. */
  enableWrites?: boolean;
}

/** Settings of pods. Secrets, claims and service accounts are in the environment's Kubernetes namespace. */
export interface Pod {
  /**
   * The job's own service account, which gets a role through IAM roles for service accounts or EKS Pod Identity. Defaults to
   * the environment's, `eks.serviceAccountName`.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
   */
  serviceAccountName?: pulumi.Input<string>;
  /**
   * Kubernetes secrets that the container reads as files: Batch can't fill a pod's variables from them. The External Secrets
   * Operator, for example, makes Kubernetes secrets from those of Secrets Manager. Defaults to none.
   */
  secretMounts?: SecretMount[];
  /**
   * Persistent volumes that are mounted in the container, for example of EFS through its CSI driver. Only Cloud Control supports
   * claims, so the job definition is registered through it, which needs permissions such as `cloudformation:CreateResource`. Adding
   * a job's first claim, or removing its last, replaces the definition. Defaults to none.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html
   */
  claimMounts?: ClaimMount[];
}

/** A Kubernetes secret as a directory, with a file for each of its keys. */
export interface SecretMount {
  /** Name of the secret. */
  secretName: pulumi.Input<string>;
  /** Absolute path of the directory in the container, not `/` and not `/tmp`. */
  path: string;
  /** Starts the job even without the secret. Defaults to false: a pod without its secret does not start. */
  optional?: boolean;
}

/** A persistent volume inside a container. */
export interface ClaimMount {
  /** Name of the persistent volume claim. */
  claimName: pulumi.Input<string>;
  /** Absolute path in the container, not `/` and not `/tmp`. */
  path: string;
  /** Allows the container to write. Defaults to false. */
  enableWrites?: boolean;
}

/**
 * The worker's image: an existing one, or how it is built. A build is for linux/amd64, linux/arm64 or both as needed. Docker makes it
 * from this package's `worker/` and pushes it to an ECR repository made for the pipeline, which scans it, keeps the twenty latest
 * builds, and never moves a tag.
 */
export interface Image {
  /**
   * An existing image of the worker, preferably by digest, for all architectures of the environments. Defaults to one that is built.
   */
  uri?: pulumi.Input<string>;
  /**
   * The image that the worker's is built on: Debian 13 with Node 20.19 or later, for example a copy in your own registry, or
   * `node:24.19.0-trixie-slim@sha256:…` to pin its digest. Defaults to an exact version of Docker's official image of Node.
   */
  baseImage?: string;
  /**
   * Any text, for example a date or the number of a CVE. Another text builds the image again, with the security fixes that Debian has by
   * then, and registers new revisions of the job definitions. Defaults to none.
   */
  rebuild?: string;
}
