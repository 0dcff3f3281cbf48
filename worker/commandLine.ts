import { parseArgs } from "node:util";

import { DEFAULT_MAX_DAMAGED_SHARE } from "../contract/damage";
import type { EventTarget } from "../contract/videoEvents";
import { WORKER_COMMANDS, type WorkerCommand } from "../contract/jobs";
import type { Job } from "./commands/job";
import { InputError } from "./errors/errors";
import type { Missing } from "../contract/manifest";

export const HELP = `Usage: worker <command> --input URI --output URI [--plan HASH] [--rendition NAME --part N] [--missing JSON]
              [--max-damaged-share SHARE] [--event JSON]
       worker check
       worker --version

Commands
  metadata   inspect the video; writes metadata.json, plan.json, and the job's order in work/orders/
  features   find scene changes, make poster and thumbnails; writes features/
  transcode  encode one chunk of a rendition; writes hls/NAME/ and work/NAME/
  audio      encode the audio tracks; writes hls/audio/ and their records in work/
  package    check all work; writes mp4/, the playlists, and manifest.json last
  check      check that ffmpeg and ffprobe can make the ladder here; prints what it found as JSON

Options
  --input URI       the video: s3://bucket/key or file:///absolute/path, not percent-encoded
  --output URI      the prefix below which everything is written
  --plan HASH       all but metadata: the fingerprint in plan.json; if the output has another plan, the job exits with 2
  --rendition NAME  transcode: a rendition of the plan
  --part N          transcode: a part of the plan, counted from 1
  --missing JSON    package: what failed for good and is left out, {"renditions":["NAME"],"features":false}
  --max-damaged-share SHARE
                    all but features: the share of the video's length that may be damaged, from 0 to 1; ${DEFAULT_MAX_DAMAGED_SHARE} by default
  --event JSON      all but features: where the event goes that the video is playable; without it, none is sent
  --version         print the versions of worker, Node, ffmpeg and ffprobe
  --help            print this text

Environment
  VIDEO_BATCH_LADDER         metadata, check: the ladder as JSON
  AWS_BATCH_JOB_ID           the job; without it, metadata writes no order
  AWS_BATCH_JOB_ARRAY_INDEX  transcode: the chunk within the part, 0 unless it is an array job
  AWS_REGION                 the job's region, for s3:// if no profile has one
  VIDEO_BATCH_PRINT_EVENTS   if set, events are printed instead of sent
  AWS_ENDPOINT_URL_S3        an S3 endpoint to use instead of AWS, with the bucket in the path
  FFMPEG_PATH, FFPROBE_PATH  the programs to use instead of those on the PATH

Exit codes
  0  done; 1  failed, worth another attempt; 2  the input or this ffmpeg can never work, or a usage error;
  3  package: work of other jobs is missing, and the metadata job orders it again
`;

export type Request = { kind: "help" | "version" | "check" } | { kind: "job"; command: WorkerCommand; job: Job };

/** What the arguments ask for. */
export function parseCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): Request {
  const { values, positionals } = parsed(args);
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const [name, ...others] = positionals;
  if (name === "check") {
    if (others.length > 0 || Object.keys(values).length > 0) throw wrong("check takes neither options nor a video.");
    return { kind: "check" };
  }
  const command = WORKER_COMMANDS.find((entry) => entry === name);
  if (!command) throw wrong(`the command must be one of ${WORKER_COMMANDS.join(", ")}. Received ${name ?? "none"}.`);
  if (others.length > 0) throw wrong(`only one command is taken. Received ${positionals.join(" ")}.`);
  if (!values.input) throw wrong("--input URI is missing.");
  if (/^s3:\/\/[^/]*\/?$/.test(values.input)) {
    throw wrong(`--input must name an object, as in s3://bucket/key. Received ${values.input}.`);
  }
  if (!values.output) throw wrong("--output URI is missing.");
  const { rendition } = values;
  if (command === "transcode" && rendition === undefined) throw wrong("transcode needs --rendition NAME.");
  if (command === "transcode" && values.part === undefined) throw wrong("transcode needs --part N.");
  const part = values.part === undefined ? undefined : wholeNumber("--part", values.part, 1);
  const index = wholeNumber("AWS_BATCH_JOB_ARRAY_INDEX", environment["AWS_BATCH_JOB_ARRAY_INDEX"] ?? "0", 0);
  const { input, output, plan, "max-damaged-share": share, event } = values;
  // A child of an array job has its index behind the id.
  const batchJob = environment["AWS_BATCH_JOB_ID"]?.split(":")[0];
  const job = {
    ...{ input, output, rendition, part, index },
    ...(batchJob ? { batchJob } : {}),
    ...(plan === undefined ? {} : { plan }),
    ...(share === undefined ? {} : { maxDamagedShare: shareOf("--max-damaged-share", share) }),
    ...(event === undefined ? {} : { event: eventOf(event) }),
    ...(values.missing === undefined ? {} : { missing: missingOf(values.missing) }),
  };
  return { kind: "job", command, job };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: joinedValues(args),
      allowPositionals: true,
      options: {
        ...{ input: text, output: text, plan: text, rendition: text, part: text, missing: text, event: text },
        "max-damaged-share": text,
        "help": { type: "boolean", short: "h" },
        "version": { type: "boolean", short: "V" },
      },
    });
  } catch (error) {
    throw wrong((error as Error).message.split(". ")[0] + ".");
  }
}

/** `--input VALUE` takes any value, also one that begins with a dash. */
function joinedValues(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const [arg, value] = [args[index] as string, args[index + 1]];
    if (/^--(?:input|output|plan|rendition|part|missing|max-damaged-share|event)$/.test(arg) && value !== undefined) {
      joined.push(`${arg}=${value}`);
      index += 1;
    } else {
      joined.push(arg);
    }
  }
  return joined;
}

function missingOf(text: string): Missing {
  try {
    const { renditions, features, causes } = JSON.parse(text) as Missing;
    if (areTexts(renditions) && typeof features === "boolean" && areTexts(causes ?? [])) {
      return { renditions, features, ...(causes?.length ? { causes } : {}) };
    }
  } catch (error) {
    // Reported below, like every other value of the wrong form: no JSON, or JSON without lists.
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw wrong(`--missing must be like {"renditions":["720p"],"features":false}. Received ${text}.`);
}

function eventOf(text: string): EventTarget {
  try {
    const { bus, detail } = JSON.parse(text) as EventTarget;
    if (typeof bus === "string" && typeof detail.execution === "string") return { bus, detail };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw wrong(`--event must be like {"bus":"ARN","detail":{"execution":"ARN",…}}. Received ${text}.`);
}

function areTexts(values: unknown[]): boolean {
  return values.every((value) => typeof value === "string");
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= least)) throw wrong(`${name} must be a whole number of at least ${least}. Received ${text}.`);
  return value;
}

function shareOf(name: string, text: string): number {
  const value = /^\d*\.?\d+(?:e-?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!(value <= 1)) throw wrong(`${name} must be a number from 0 to 1. Received ${text}.`);
  return value;
}

function wrong(rule: string): InputError {
  return new InputError(`Wrong usage: ${rule} See worker --help.`);
}
