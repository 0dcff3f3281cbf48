import type { EncodedBy } from "../../contract/encodedBy";
import { manifestTracks } from "../../contract/manifest";
import { missingFrom } from "../../contract/notices";
import type { Run } from "../../contract/run";
import { bytes, count, countNoun, duration } from "../text/format";
import { escapeMarkup } from "../text/markup";
import { memoryShortages } from "../text/memory";
import { damageFact } from "./damage";
import { span } from "./intervals";
import type { ReportInput } from "./report";

export const OUTCOMES: Record<Run["status"], string> = {
  RUNNING: "Running",
  SUCCEEDED: "Succeeded",
  FAILED: "Failed",
  ABORTED: "Stopped",
  TIMED_OUT: "Timed out",
};

/** The file name of the video. */
export function titleOf({ input }: Run): string {
  const uri = (input as { input?: unknown } | null)?.input;
  const key = (input as { detail?: { object?: { key?: unknown } } } | null)?.detail?.object?.key;
  const name = typeof uri === "string" ? uri : typeof key === "string" ? key : undefined;
  return name?.split("/").at(-1) ?? "Video";
}

/** The outcome and the facts that people look for first. */
export function overview(input: ReportInput, now: number): string {
  const { run, media } = input;
  const attempts = run.jobs.reduce((sum, job) => sum + job.attempts.length, 0);
  const retried = run.jobs.reduce((sum, job) => sum + Math.max(0, job.attempts.length - 1), 0);
  const facts: [string, string][] = [
    ["Duration", duration(span(run, now))],
    ...(run.secondsToFirstPlayable === undefined
      ? []
      : [["Playable", `after ${duration(run.secondsToFirstPlayable * 1000)}`] as [string, string]]),
    ["Started", `<time datetime="${run.started}">${run.started.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time>`],
    ["Jobs", `${countNoun(attempts, "attempt")}${retried > 0 ? `, ${retried} retried` : ""}`],
    ["State machine", escapeMarkup(run.stateMachine)],
  ];
  const ffmpegs = ffmpegsOf(input);
  if (ffmpegs.length > 0) facts.push(["ffmpeg", escapeMarkup(ffmpegs.join(", "))]);
  const missing = missingFrom(run);
  if (missing.length > 0) facts.push(["Missing", `<b>${escapeMarkup(missing.join(", "))}</b>`]);
  const damaged = damageFact(input);
  if (damaged !== undefined) facts.push(["Damaged", `<b>${escapeMarkup(damaged)}</b>`]);
  const shortages = memoryShortages(run).map(
    ({ step, peakMemoryMiB, memoryMiB }) => `${step} needed ${count(peakMemoryMiB)} MiB of ${count(memoryMiB)}`,
  );
  if (shortages.length > 0) facts.push(["Memory", `<b class="above">${escapeMarkup(shortages.join(", "))}</b>`]);
  if (media) {
    const { width, height, durationSeconds, frames, bytes: size } = media.source;
    facts.push([
      "Source",
      `${width} × ${height}, ${duration(durationSeconds * 1000)}, ${count(frames)} frames, ${bytes(size)}`,
    ]);
    facts.push(["Speed", `${((durationSeconds * 1000) / span(run, now)).toFixed(2)}× real time`]);
  }
  const list = facts.map(([term, fact]) => `<div><dt>${term}</dt><dd>${fact}</dd></div>`).join("");
  return `<header><p class="outcome ${run.status.toLowerCase()}">${OUTCOMES[run.status]}</p><h1>${escapeMarkup(titleOf(run))}</h1><dl>${list}</dl></header>`;
}

/** The versions that made what there is; before there is anything, the one that the run began with. */
function ffmpegsOf({ media, run }: ReportInput): string[] {
  // Manifests of other workers may lack `encodedBy`.
  const made = (media ? manifestTracks(media) : []).flatMap(
    ({ encodedBy }: { encodedBy?: EncodedBy }) => encodedBy?.ffmpeg ?? [],
  );
  return made.length > 0 ? [...new Set(made)] : [run.programs?.ffmpeg.version ?? []].flat();
}

/** The cause of the failure, the step, and the end of its log. */
export function failure({ run, links }: ReportInput): string {
  if (!run.failure) return "";
  const { state, job, explanation, log } = run.failure;
  const tail = run.jobs
    .flatMap(({ attempts }) => attempts)
    .findLast((attempt) => attempt.log === log && attempt.logTail);
  const where = [state, job].filter((part) => part !== undefined).map((part) => `<b>${escapeMarkup(part)}</b>`);
  const href = log === undefined ? undefined : links.log(log);
  return `<section class="failure" role="alert"><h2>What went wrong</h2><p>${escapeMarkup(explanation)}</p>
${where.length > 0 ? `<p>In ${where.join(", job ")}.${href === undefined ? "" : ` <a href="${escapeMarkup(href)}">Its log</a>`}</p>` : ""}
${tail?.logTail && tail.logTail.length > 1 ? `<pre tabindex="0" aria-label="The last lines of the log">${escapeMarkup(tail.logTail.join("\n"))}</pre>` : ""}</section>`;
}

/** The notifications that were sent to the topic. */
export function notifications({ run }: ReportInput): string {
  if (run.notifications.length === 0) return "";
  const list = run.notifications.map(
    ({ subject, topic, message, email }) =>
      `<li><b>${escapeMarkup(subject ?? "No subject")}</b> to ${escapeMarkup(topic.split(":").at(-1)!)}${email === undefined ? "" : `<pre tabindex="0">${escapeMarkup(email)}</pre>`}<details><summary>Message</summary><pre tabindex="0">${escapeMarkup(message)}</pre></details></li>`,
  );
  return `<section aria-labelledby="notifications"><h2 id="notifications">Notifications</h2><ul>${list.join("\n")}</ul></section>`;
}
