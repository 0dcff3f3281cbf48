import { KINDS } from "./kinds";

const kinds = Object.entries(KINDS).map(([kind, { means }]): [string, string] => [`kind=${kind}`, means]);

/** Help for `--fail`. */
export const FAULTS_HELP: { title: string; columns: [string, string]; items: [string, string][] } = {
  title: "Settings of a fault, after the step and a colon, with commas between them:",
  columns: ["setting", "effect"],
  items: [
    ...kinds,
    ["attempt=N or N-M", "only these attempts of the job, or calls to the service, from 1 (default: all)"],
    ["exit=CODE", "exit code of the attempt, 1 to 255"],
    ["chunk=N", "only this chunk of an array job, from 0"],
    ["(no kind)", "a job exits with 1, and a call to another service times out"],
  ],
};
