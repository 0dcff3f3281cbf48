import type * as pulumi from "@pulumi/pulumi";

/** The four kinds of jobs, one Batch job definition each. */
export interface Jobs {
  /** Inspects the video and plans its output. Defaults to the worker's `metadata` command. */
  metadata?: Job;
  /** Detects scenes, and makes poster and thumbnails. Defaults to the worker's `features` command. */
  features?: Job;
  /** Encodes one part of one rendition, and the sound. Defaults to the worker's `transcode` command. */
  transcode?: Job;
  /**
   * Makes MP4 files and HLS playlists from the parts. Defaults to the worker's `package` command. With your own transcode
   * command it has nothing to package: the pipeline then has this step only if you give a command here.
   */
  package?: Job;
}

/** Settings for all kinds of jobs. A change registers new revisions of the job definitions. */
export interface JobDefaults {
  /**
   * Maximum number of attempts of a job, 1 to 10. Defaults to 3.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
   */
  attempts?: number;
  /**
   * Seconds that one attempt may run before Batch stops it, 60 to 1,209,600. Batch doesn't retry a job after a timeout.
   * Renditions above 1,080 pixels and chunks above 60 seconds get more time in proportion. Defaults to 3,600.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
   */
  attemptTimeoutSeconds?: number;
}

/** A Batch job definition. A change registers a new revision; running executions keep the old one. */
export interface Job {
  /**
   * Container image, required with `command`. Without `command`, the worker's image or an image derived from it. Defaults to
   * the worker's image.
   */
  image?: pulumi.Input<string>;
  /**
   * Your own command, which replaces the worker's. `Ref::input` and `Ref::output` stand for the execution's URIs. In `jobs.transcode`, `Ref::rendition` and `Ref::part` stand for
   * the rendition's name and the part's number, from 1. In `jobs.package`, `Ref::missing` stands for what has failed, such as {"renditions":["720p"],"features":false}. The command
   * gets only the parameters that it names. Defaults to the worker's command for this step.
   */
  command?: string[];
  /**
   * vCPUs of the container: a whole number from 1 to 256, at most what an environment of its queue has; on Fargate 0.25, 0.5, 1,
   * 2, 4, 8 or 16, and on EKS also 0.25 and 0.5. Defaults to 2.
   */
  vcpus?: number;
  /**
   * Memory of the container in MiB, 128 to 1,048,576. Fargate has fixed sizes for every number of vCPUs; instances keep a few
   * percent of their memory for themselves. Defaults to 1,024, and on Fargate to the smallest size with at least that.
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html
   */
  memoryMiB?: number;
  /** GPUs of the container, 1 to 16. Its queue's environments need GPU instances. Defaults to none. */
  gpus?: number;
  /**
   * Environment variables. Names must not begin with `AWS_BATCH`, which Batch reserves. Every job has `AWS_REGION`, the
   * pipeline's region, unless it sets another. Defaults to no others.
   */
  environment?: Record<string, pulumi.Input<string>>;
  /**
   * Environment variables, each with the ARN of the Secrets Manager secret or Parameter Store parameter that has its value.
   * Only on EC2 and Fargate; for EKS see `pod.secretMounts`. Defaults to none.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html
   */
  secrets?: Record<string, pulumi.Input<string>>;
  /** EFS file systems that the container mounts. Only on EC2 and Fargate; for EKS see `pod.claimMounts`. Defaults to none. */
  efsMounts?: EfsMount[];
  /**
   * Size of the volume at `/tmp` in GiB, 21 to 200. On EC2 it is on the instance's disk, so `diskGiB` must be larger.
   * Defaults to 40.
   */
  scratchGiB?: number;
  /**
   * Allows the container to write outside `/tmp` and its mounts. Defaults to false for the worker, and to true for your own
   * commands.
   */
  enableWritableRoot?: boolean;
  /**
   * Numeric ID of the user that the container runs as, 0 to 65,535; 0 is root. Defaults to 10,001 for the worker, and to the
   * image's user for your own commands.
   */
  userId?: number;
  /**
   * ARN of an existing role for the program in this job, which ECS tasks may assume. Only on EC2 and Fargate; for EKS see
   * `pod.serviceAccountName`. Defaults to the pipeline's job role, which reads videos and writes outputs.
   */
  roleArn?: pulumi.Input<string>;
  /** Settings of the job's pods on EKS: service account, secrets, persistent volumes. Defaults to none. */
  pod?: Pod;
  /**
   * Maximum number of attempts of the job, 1 to 10. Defaults to `jobDefaults.attempts`.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
   */
  attempts?: number;
  /**
   * Which failures Batch retries: at most 5 rules, of which the first match decides. If none matches, Batch retries the job.
   * By default, Batch retries your own commands after any failure. It retries the worker only after a reclaimed host, an image
   * that can't be pulled, a failed start, an error or a killed process. A video that can never work ends with exit code 2.
   * Pods report no reasons, so the worker on EKS is retried after any exit code but 2 and 3.
   */
  exitRules?: ExitRule[];
  /**
   * Seconds that one attempt may run before Batch stops it, 60 to 1,209,600. Batch doesn't retry a job after a timeout.
   * Renditions above 1,080 pixels and chunks above 60 seconds get more time in proportion. Defaults to
   * `jobDefaults.attemptTimeoutSeconds`.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
   */
  attemptTimeoutSeconds?: number;
  /**
   * Name of the job definition in AWS, 1 to 128 letters, digits, `-` or `_`. A change replaces the definition. Adding the
   * first of `pod.claimMounts` or removing the last replaces it too, and must change this name. Defaults to a generated name.
   */
  jobDefinitionName?: string;
}

/** What Batch does with a job after a failed attempt. */
export const ExitAction = {
  RETRY: "RETRY",
  EXIT: "EXIT",
} as const;
export type ExitAction = (typeof ExitAction)[keyof typeof ExitAction];

/** What happens after a failed attempt. A rule needs at least one condition, and matches if all of its conditions do. */
export interface ExitRule {
  /** `RETRY` to retry the job while it has attempts left, or `EXIT` to end it. */
  action: ExitAction;
  /** Exit code: digits, with `*` at the end for any code that begins with them. Defaults to any. */
  onExitCode?: string;
  /** Reason of the container, for example `CannotPullContainerError:*`: at most 512 characters, and `*` only at the end. Defaults to any. */
  onReason?: string;
  /** Status reason of the job, for example `Host EC2*`: at most 512 characters, and `*` only at the end. Defaults to any. */
  onStatusReason?: string;
}

/**
 * An EFS file system inside a container. The connection is encrypted. The job's role must be allowed to use the file system.
 */
export interface EfsMount {
  /** ARN of the file system. Its security group must allow port 2049 from the machines. */
  fileSystemArn: pulumi.Input<string>;
  /** Absolute path in the container, not `/` and not `/tmp`. */
  path: string;
  /** ID of an access point, which sets the directory and the user. Defaults to none: the root of the file system. */
  accessPointId?: pulumi.Input<string>;
  /** Allows the container to write. Defaults to false. */
  enableWrites?: boolean;
}

/** Settings of a job's pods. Secrets, claims and service accounts are in the environment's Kubernetes namespace. */
export interface Pod {
  /**
   * The job's own service account. It gets its role through IAM roles for service accounts or EKS Pod Identity. Defaults to
   * the environment's, `eks.serviceAccountName`.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
   */
  serviceAccountName?: pulumi.Input<string>;
  /**
   * Kubernetes secrets that the container reads as files, because Batch can't set a pod's variables from them. The External
   * Secrets Operator, for example, creates Kubernetes secrets from Secrets Manager. Defaults to none.
   */
  secretMounts?: SecretMount[];
  /**
   * Persistent volumes that the container mounts, for example EFS through its CSI driver. Only Cloud Control supports claims:
   * deploying such a job definition needs permissions such as `cloudformation:CreateResource`. Adding a job's first claim, or
   * removing its last, replaces the definition. Defaults to none.
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
  /** Starts the job even without the secret. Defaults to false: a pod without its secret doesn't start. */
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
 * The worker's image: an existing image, or how to build one. Docker builds it from this package's `worker/`, for
 * linux/amd64, linux/arm64 or both as needed, and pushes it to an ECR repository that the pipeline creates. The repository
 * scans images, keeps the twenty latest, and never moves a tag.
 */
export interface Image {
  /**
   * An existing image of the worker, preferably by digest, for all architectures of the environments. Adding it deletes the
   * repository of the built images. Executions that began with one fail, so let them end first. Defaults to a built image.
   */
  uri?: pulumi.Input<string>;
  /**
   * The base image of the build: Debian 13 with Node 20.19 or later, for example a copy in your own registry, or
   * `node:24.19.0-trixie-slim@sha256:…` to pin its digest. Defaults to an exact version of Docker's official image of Node.
   */
  baseImage?: string;
  /**
   * Any text, for example a date or a CVE number. A change rebuilds the image with Debian's latest security fixes, and
   * registers new revisions of the job definitions. Defaults to none.
   */
  rebuild?: string;
}
