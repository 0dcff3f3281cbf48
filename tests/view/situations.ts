import path from "node:path";

import type { Manifest, ManifestAudio, ManifestRendition } from "../../contract/manifest";
import type { Plan } from "../../contract/plan";
import type { RunRecord } from "../../contract/run";
import type { VideoBatchPipelineArgs } from "../../index";
import { rejectionError } from "../../runner/integrations/answers";
import { readDeployment } from "../../runner/synthesis/deployment";
import { synthesiseFolder } from "../../testing";
import { outline } from "../../view/outline/outline";
import type { ReportInput } from "../../view/report/report";
import { ARGS, rehearse, synthesised, type RehearsalOptions } from "../runner/faults/rehearsal";

interface Situation {
  args?: VideoBatchPipelineArgs;
  /** Folder of a program, instead of the arguments. */
  program?: string;
  fail?: string[];
  more?: RehearsalOptions;
  /** Renditions that the output has. Without any, the run has left no manifest. */
  renditions: string[];
  /** Turns what was played into what is shown. */
  shown?: (input: ReportInput) => ReportInput;
}

const TOLERANT = { ...ARGS, workflow: { continueOnRenditionFailure: true, continueOnFeaturesFailure: true } };
const BOTH = ["720p", "480p"];

/** What a report may have to show, by name. */
const SITUATIONS: Record<string, Situation> = {
  success: { renditions: BOTH, shown: withMemory },
  partial: { args: TOLERANT, fail: ["Transcode_480p-2:exit=2", "Extract Features:exit=2"], renditions: ["720p"] },
  failed: { fail: ["Transcode_720p-2:exit=2"], renditions: [], shown: withLog },
  rejected: {
    args: { ...ARGS, approval: {} },
    more: { answer: () => Promise.reject(rejectionError("Ada", "Too dark in the second scene.")) },
    renditions: [],
  },
  stopped: { fail: ["Transcode_720p-2:kind=stop"], renditions: [] },
  retried: { fail: ["Transcode_480p-2:attempt=1,exit=137"], renditions: BOTH },
  reclaimed: { more: { reclaim: true }, renditions: BOTH },
  tutorial: { program: path.join(__dirname, "..", "..", "examples", "tutorial"), renditions: [] },
  kept: { renditions: BOTH, shown: withoutEncoding },
  shared: { renditions: BOTH, shown: withSharedJobs },
};

/** The input of each report, by the name of its situation. */
export async function situations(): Promise<[name: string, input: ReportInput][]> {
  const inputs: [string, ReportInput][] = [];
  for (const [name, situation] of Object.entries(SITUATIONS)) inputs.push([name, await play(situation)]);
  return inputs;
}

async function play({
  args = ARGS,
  program,
  fail = [],
  more = {},
  renditions,
  shown,
}: Situation): Promise<ReportInput> {
  const synthesis = program === undefined ? await synthesised(args) : await synthesiseFolder(program);
  const { record } = await rehearse(synthesis, fail, {
    secondsOf: ({ command }) => (command[1] === "transcode" ? 25 : 8),
    ...more,
  });
  const { stateMachine, batch } = readDeployment(synthesis);
  const input: ReportInput = {
    run: { ...record, command: COMMAND, programs: PROGRAMS },
    machine: outline(stateMachine.definition),
    priorities: Object.fromEntries(batch.queues.map(({ name, priority }) => [name, priority])),
    features: { thumbnails: [], changes: [] },
    links: { log: encodeURI, output: "output/" },
    start: startOf(record),
    plan: { renditions: BOTH.map((name) => ({ name })) as Plan["renditions"], parts: [{ chunks: 1 }, { chunks: 3 }] },
    ...(renditions.length > 0 ? { media: manifestOf(renditions) } : {}),
  };
  return shown ? shown(input) : input;
}

const ffmpeg = { path: "/usr/bin/ffmpeg", version: "7.1.1-1+b1", libavcodec: "61.19.101" };
const PROGRAMS = { worker: "0.1.0", node: { path: "/usr/bin/node", version: "v20.19.2" }, ffmpeg, ffprobe: ffmpeg };

const COMMAND =
  "npx video-batch-pipeline run 'a long name of a video with several words, as cameras and editors make them.mp4' --stack prod --out out/film";

function startOf({ start }: RunRecord): RunRecord["start"] {
  const video = "/home/ada/videos/a long name of a video with several words, as cameras and editors make them.mp4";
  return { ...start, video, program: { directory: "/home/ada/projects/media/infrastructure/video", stack: "prod" } };
}

function manifestOf(renditions: string[]): Manifest {
  const file = { path: "hls/x.m3u8", bytes: 23_500_860 };
  const encodedBy = { ffmpeg: "7.1.1-1+b1", libavcodec: "61.19.101", encoder: "libx264", library: "164 r3108 31e19f9" };
  const stream = {
    ...{ encodedBy, durationSeconds: 61.4, averageBandwidth: 2_840_000, peakBandwidth: 4_210_000, segments: 11 },
    playlist: file,
  };
  const source = { uri: "", bytes: 184_000_000, durationSeconds: 61.4, frames: 1535, width: 1920, height: 1080 };
  const sound: ManifestAudio = {
    ...stream,
    ...{ name: "audio", codec: "mp4a.40.2", label: "English", channels: 2 },
    encodedBy: { ...encodedBy, encoder: "aac" },
  };
  return {
    ...{ version: 1, fingerprint: "f", source: source as Manifest["source"], master: file, features: [] },
    renditions: renditions.map((name): ManifestRendition => {
      const height = parseInt(name, 10);
      const size = { width: Math.round((height * 16) / 9), height, frames: 1535, bitDepth: 8 as const };
      return { ...stream, ...size, name, codec: "avc1.64001f", range: "SDR", iframes: file, mp4: file };
    }),
    audio: [sound, { ...sound, name: "audio-2", label: "Commentary by the director and the editor" }],
  };
}

function withMemory(input: ReportInput): ReportInput {
  for (const attempt of input.run.jobs.flatMap(({ attempts }) => attempts)) {
    Object.assign(attempt, { peakMemoryMiB: 1_312, memoryMiB: 1_024 });
  }
  return input;
}

function withLog(input: ReportInput): ReportInput {
  const said = [
    "Encoding chunk 2-00001 of 720p.",
    "[libx264 @ 0x55d] error",
    "av_interleaved_write_frame(): No space left on device",
    "Chunk 2-00001 of 720p could not be encoded: No space left on device.",
  ];
  for (const job of input.run.jobs.filter(({ name, status }) => status === "FAILED" && name.endsWith("720p-2"))) {
    for (const attempt of job.attempts) Object.assign(attempt, { logTail: said, lastErrorLine: said.at(-1) });
  }
  input.run.failure!.explanation = said.at(-1)!;
  return input;
}

function withoutEncoding(input: ReportInput): ReportInput {
  const { run } = input;
  const stays = (state = ""): boolean => !/^Transcode_|^Extract Features/.test(state);
  const jobs = run.jobs.filter(({ state, parentId }) => parentId === undefined && stays(state));
  return { ...input, run: { ...run, jobs, states: run.states.filter(({ name }) => stays(name)) } };
}

function withSharedJobs(input: ReportInput): ReportInput {
  const { run } = input;
  const jobs = run.jobs.filter(({ state, parentId }) => {
    const step = state ?? run.jobs.find(({ id }) => id === parentId)?.state ?? "";
    return !step.startsWith("Transcode_480p");
  });
  const plan = {
    parts: input.plan!.parts,
    renditions: [{ name: "720p" }, { name: "480p", encodedWith: "720p" }] as Plan["renditions"],
  };
  return { ...input, plan, run: { ...run, jobs } };
}
