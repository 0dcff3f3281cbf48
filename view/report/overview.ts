import { lastSegment } from "../../contract/arn";
import type { EncodedBy } from "../../contract/encodedBy";
import { manifestTracks } from "../../contract/manifest";
import { missingFrom, omissionsFrom } from "../../contract/notices";
import type { Run } from "../../contract/run";
import { bytes, count, countNoun, duration } from "../text/format";
import { escapeMarkup } from "../text/markup";
import { memoryShortages } from "../text/memory";
import { damageFact } from "./damage";
import { span } from "./intervals";
import { outcomeOf } from "./outcome";
import type { ReportInput } from "./report";
import { workFor } from "./work";

/** The file name of the video. */
export function titleOf({ input }: Run): string {
  const uri = (input as { input?: unknown } | null)?.input;
  const key = (input as { detail?: { object?: { key?: unknown } } } | null)?.detail?.object?.key;
  const name = typeof uri === "string" ? uri : typeof key === "string" ? key : undefined;
  return name?.split("/").at(-1) ?? "Video";
}

/** The outcome and the video. */
export function heading({ run }: ReportInput): string {
  const { word, look } = outcomeOf(run);
  return `<header><p class="outcome ${look}">${word}</p><h1>${escapeMarkup(titleOf(run))}</h1></header>`;
}

/** What people look for first. */
export function facts(input: ReportInput, now: number): string {
  const { run, media } = input;
  const attempts = run.jobs.reduce((sum, job) => sum + job.attempts.length, 0);
  const retried = run.jobs.reduce((sum, job) => sum + Math.max(0, job.attempts.length - 1), 0);
  const found: [string, string][] = [
    ["Duration", duration(span(run, now))],
    ...(run.secondsToFirstPlayable === undefined
      ? []
      : [["Playable", `after ${duration(run.secondsToFirstPlayable * 1000)}`] as [string, string]]),
    ["Started", `<time datetime="${run.started}">${run.started.replace("T", " ").replace(/\.\d+Z$/, " UTC")}</time>`],
    ["Jobs", `${countNoun(attempts, "attempt")}${retried > 0 ? `, ${retried} retried` : ""}`],
    ["State machine", escapeMarkup(run.stateMachine)],
  ];
  found.push(...programFacts(input));
  const ffmpegs = ffmpegsOf(input);
  if (ffmpegs.length > 0) found.push(["ffmpeg", escapeMarkup(ffmpegs.join(", "))]);
  const missing = missingFrom(run);
  if (missing.length > 0) found.push(["Missing", `<b>${escapeMarkup(missing.join(", "))}</b>`]);
  const damaged = damageFact(input);
  if (damaged !== undefined) found.push(["Damaged", `<b>${escapeMarkup(damaged)}</b>`]);
  const shortages = memoryShortages(run).map(
    ({ step, peakMemoryMiB, memoryMiB }) => `${step} needed ${count(peakMemoryMiB)} MiB of ${count(memoryMiB)}`,
  );
  if (shortages.length > 0) found.push(["Memory", `<b class="above">${escapeMarkup(shortages.join(", "))}</b>`]);
  if (media) {
    const { width, height, durationSeconds, frames, bytes: size } = media.source;
    found.push([
      "Source",
      `${width} × ${height}, ${duration(durationSeconds * 1000)}, ${count(frames)} frames, ${bytes(size)}`,
    ]);
    // Work that was there before took no time.
    if (isAllMadeHere(input)) {
      found.push(["Speed", `${((durationSeconds * 1000) / span(run, now)).toFixed(2)}× real time`]);
    }
  }
  const list = found.map(([term, fact]) => `<div><dt>${term}</dt><dd>${fact}</dd></div>`).join("");
  return `<dl>${list}</dl>`;
}

/** What the run was started with. */
function programFacts({ start, run }: ReportInput): [string, string][] {
  const { program, maxVcpus, output } = start ?? {};
  return [
    ...(run.command === undefined
      ? []
      : [["Command", `<code>${escapeMarkup(run.command)}</code>`] as [string, string]]),
    ...(start ? [["Video", escapeMarkup(start.video)] as [string, string]] : []),
    ...(start
      ? [["Program", escapeMarkup(program?.directory ?? "VideoBatchPipeline with its defaults")] as [string, string]]
      : []),
    ...(program?.stack === undefined ? [] : [["Stack", escapeMarkup(program.stack)] as [string, string]]),
    ...(program?.pipeline === undefined ? [] : [["Pipeline", escapeMarkup(program.pipeline)] as [string, string]]),
    ...(output === undefined ? [] : [["Output", escapeMarkup(output)] as [string, string]]),
    ...(maxVcpus === undefined ? [] : [["vCPUs", `${count(maxVcpus)} in each environment`] as [string, string]]),
    ...(run.programs ? [["Worker", escapeMarkup(run.programs.worker)] as [string, string]] : []),
  ];
}

function isAllMadeHere(input: ReportInput): boolean {
  const tracks = input.media ? manifestTracks(input.media) : [];
  return tracks.every((track) => ["made", "shared"].includes(workFor(track, input)?.kind ?? ""));
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
  const stopped = run.status === "ABORTED";
  return `<section class="failure${stopped ? " stopped" : ""}" role="alert"><h2>${stopped ? "Why it was stopped" : "What went wrong"}</h2><p>${escapeMarkup(explanation)}</p>
${where.length > 0 ? `<p>In ${where.join(", job ")}.${href === undefined ? "" : ` <a href="${escapeMarkup(href)}">Its log</a>`}</p>` : ""}
${tail?.logTail && tail.logTail.length > 1 ? `<pre tabindex="0" aria-label="The last lines of the log">${escapeMarkup(tail.logTail.join("\n"))}</pre>` : ""}</section>`;
}

/** What is left out, and why. */
export function omissions({ run }: ReportInput): string {
  const left = omissionsFrom(run);
  if (left.length === 0) return "";
  const causes = [...new Set(left.map(({ cause }) => cause))];
  const items = causes.map((cause) => {
    const names = left.filter((one) => one.cause === cause).map(({ name }) => `<b>${escapeMarkup(name)}</b>`);
    return `<li>${names.join(", ")}${cause === undefined ? "" : `: ${escapeMarkup(cause)}`}</li>`;
  });
  return `<section class="failure partial" role="alert"><h2>What is missing</h2><ul>${items.join("\n")}</ul></section>`;
}

/** The notifications that were sent to the topic. */
export function notifications({ run }: ReportInput): string {
  if (run.notifications.length === 0) return "";
  const list = run.notifications.map(
    ({ subject, topic, message, email }) =>
      `<li><b>${escapeMarkup(subject ?? "No subject")}</b> to ${escapeMarkup(lastSegment(topic))}${email === undefined ? "" : `<pre tabindex="0">${escapeMarkup(email)}</pre>`}<details><summary>Message</summary><pre tabindex="0">${escapeMarkup(message)}</pre></details></li>`,
  );
  return `<section aria-labelledby="notifications"><h2 id="notifications">Notifications</h2><ul>${list.join("\n")}</ul></section>`;
}

/** The events that were sent to buses. */
export function events({ run: { events: sent = [] } }: ReportInput): string {
  if (sent.length === 0) return "";
  const list = sent.map(
    ({ detailType, bus, time, detail }) =>
      `<li><b>${escapeMarkup(detailType)}</b> to ${escapeMarkup(bus.split("/").at(-1)!)} at ${escapeMarkup(time)}<details><summary>Detail</summary><pre tabindex="0">${escapeMarkup(JSON.stringify(detail, null, 2))}</pre></details></li>`,
  );
  return `<section aria-labelledby="events"><h2 id="events">Events</h2><ul>${list.join("\n")}</ul></section>`;
}
