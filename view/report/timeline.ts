import { clockTime, countNoun, duration } from "../text/format";
import { escapeMarkup } from "../text/markup";
import { span, ticks, timelineRows, vcpuSteps, type Bar, type TimelineRow } from "./intervals";
import type { ReportInput } from "./report";

/** Jobs by queue, highest priority first, with their waits, attempts and retries. */
export function timeline(input: ReportInput, now: number): string {
  const { run, priorities } = input;
  const rows = timelineRows(run, now);
  if (rows.length === 0) return "";
  const whole = span(run, now);
  const queues = [...new Set(rows.map(({ queue }) => queue))].sort(
    (a, b) => (priorities[b] ?? 0) - (priorities[a] ?? 0),
  );
  return `<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
<p class="key"><span class="swatch wait"></span> waiting <span class="swatch succeeded"></span> succeeded <span class="swatch failed"></span> failed attempt${rows.some(({ bars }) => bars.some(({ outcome }) => outcome === "stopped")) ? ' <span class="swatch stopped"></span> stopped' : ""}${run.ended === undefined ? ' <span class="swatch running"></span> running' : ""}</p>
<div class="timeline">
${axis(whole)}
${queues.map((queue) => queueRows(queue, priorities[queue], rows, whole)).join("\n")}
${vcpus(rows, Object.values(run.vcpus), whole)}
</div></section>`;
}

function axis(whole: number): string {
  const marks = ticks(whole, 6).map(
    (time) =>
      `<span${time > 0.85 * whole ? ' class="end"' : ""} style="left:${percent(time, whole)}">${clockTime(time)}</span>`,
  );
  return `<div class="row axis" aria-hidden="true"><span class="label"></span><div class="track">${marks.join("")}</div></div>`;
}

function queueRows(queue: string, priority: number | undefined, rows: TimelineRow[], whole: number): string {
  const own = rows.filter((row) => row.queue === queue);
  const title = priority === undefined ? queue : `${queue} <small>priority ${priority}</small>`;
  return `<h3>${title}</h3><ol>${own.map((row) => jobRow(row, whole)).join("\n")}</ol>`;
}

function jobRow({ label, vcpus, waits, bars, lanes }: TimelineRow, whole: number): string {
  const waiting = waits.map(
    ({ from, to }) =>
      `<span class="wait" style="${position(from, to, whole)}" title="waited ${duration(to - from)}"></span>`,
  );
  const attempts = bars.map((bar) => attemptBar(bar, label, whole));
  return `<li class="row"><span class="label">${escapeMarkup(label)} <small>${vcpus} vCPU</small></span><div class="track" style="--lanes:${lanes}">${waiting.join("")}${attempts.join("")}</div></li>`;
}

function attemptBar({ from, to, lane, job, attempt, outcome }: Bar, label: string, whole: number): string {
  const chunk = job.arrayIndex === undefined ? "" : `, chunk ${job.arrayIndex}`;
  const code = attempt.exitCode === undefined || attempt.exitCode === 0 ? "" : ` with exit code ${attempt.exitCode}`;
  const description = `${label}${chunk}, attempt ${attempt.attempt}: ${outcome}${code} after ${duration(to - from)}, from ${clockTime(from)} to ${clockTime(to)}`;
  const again = attempt.attempt > 1 ? `<b>${attempt.attempt}</b>` : "";
  return `<span class="attempt ${outcome}" role="img" tabindex="0" aria-label="${escapeMarkup(description)}" title="${escapeMarkup(description)}" style="${position(from, to, whole)};--lane:${lane}">${again}</span>`;
}

/** A chart of the vCPUs in use, with the limit of the compute environments. */
function vcpus(rows: TimelineRow[], limits: number[], whole: number): string {
  const steps = vcpuSteps(rows);
  const peak = Math.max(1, ...steps.map((step) => step.vcpus));
  const limit = limits.reduce((sum, each) => sum + each, 0);
  const top = Math.max(peak, limit);
  const height = 60;
  const y = (value: number): number => height - (value / top) * (height - 2);
  const points = steps.flatMap(({ at, vcpus: value }, index) => {
    const before = index === 0 ? 0 : steps[index - 1]!.vcpus;
    const x = ((at / whole) * 1000).toFixed(1);
    return [`${x},${y(before).toFixed(1)}`, `${x},${y(value).toFixed(1)}`];
  });
  const line = limit > 0 ? `<path class="limit" d="M0,${y(limit).toFixed(1)}H1000"/>` : "";
  const summary = `At most ${countNoun(peak, "vCPU")} in use at once${limit > 0 ? `, of ${limit}` : ""}`;
  return `<h3>vCPUs in use</h3><div class="row"><span class="label">${summary}</span><div class="track chart"><svg role="img" aria-label="${summary}" viewBox="0 0 1000 ${height}" preserveAspectRatio="none"><polygon points="0,${height} ${points.join(" ")} 1000,${height}"/>${line}</svg></div></div>`;
}

function position(from: number, to: number, whole: number): string {
  // The narrowest bar has three pixels, also at the very end.
  return `left:min(${percent(from, whole)},calc(100% - 3px));width:${percent(to - from, whole)}`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(3)}%`;
}
