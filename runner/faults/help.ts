import { KINDS } from "./kinds";

const kinds = Object.entries(KINDS).map(([kind, { means }]) => `  kind=${kind}`.padEnd(24) + means);

/** Help for `--fail`. */
export const FAULTS_HELP = `Faults, for example --fail 'Transcode_720p-1:attempt=1' or --fail 'Read Plan:kind=denied':
${kinds.join("\n")}
  attempt=N or N-M      only these attempts of the job, or calls of the service, from 1 (default: all)
  exit=CODE             exit code of the attempt, 1 to 255
  chunk=N               only this chunk of an array job, from 0
Without a kind, a job exits with 1, and a call of another service times out.`;
