/** Which form of a job definition an environment takes: containers on instances, on Fargate, or pods. */
export type Platform = "ec2" | "fargate" | "eks";

export type Architecture = "x86_64" | "arm64";

/** What a queue's environments have in common, and what a job definition is made for. */
export interface JobPlatform {
  platform: Platform;
  architecture: Architecture;
}

/** Part of the names of job definitions, which are permanent. */
export function platformName({ platform, architecture }: JobPlatform): string {
  return architecture === "arm64" ? `${platform}-arm64` : platform;
}
