import type { AttemptRecord, JobRecord, Run } from "../../contract/run";
import { clockTime, duration } from "../text/format";
import { escapeMarkup } from "../text/markup";
import { memoryUse, needsMoreMemory } from "../text/memory";
import { wasStopped } from "./intervals";
import type { ReportInput } from "./report";
import { table } from "./table";

/** A table of every attempt of every job, with its log: the timeline as text. */
export function attempts({ run, links }: ReportInput): string {
  const start = Date.parse(run.started);
  const measured = run.jobs.some((job) => job.attempts.some((attempt) => memoryUse(attempt) !== undefined));
  const states = new Map(run.jobs.map(({ id, state }) => [id, state]));
  const rows = run.jobs.flatMap((job) =>
    job.attempts.map((attempt, index) => {
      const state = job.state ?? states.get(job.parentId ?? "") ?? job.name;
      const chunk = job.arrayIndex === undefined ? "" : ` [${job.arrayIndex}]`;
      const before = index === 0 ? job.submitted : (job.attempts[index - 1]!.ended ?? job.submitted);
      const began = Date.parse(attempt.started);
      const href = attempt.log === undefined ? undefined : links.log(attempt.log);
      return [
        `${escapeMarkup(state)}${chunk}`,
        escapeMarkup(job.queue),
        String(job.vcpus),
        String(attempt.attempt),
        clockTime(began - start),
        duration(began - Date.parse(before)),
        attempt.ended === undefined ? "running" : duration(Date.parse(attempt.ended) - began),
        ...(measured ? [memoryCell(attempt)] : []),
        isStopped(attempt, job, run) ? "stopped" : exitText(attempt.exitCode, attempt.lastErrorLine ?? attempt.reason),
        href === undefined ? escapeMarkup(attempt.log ?? "") : `<a href="${escapeMarkup(href)}">log</a>`,
      ];
    }),
  );
  if (rows.length === 0) return "";
  const memory = measured ? ["Peak memory"] : [];
  const head = ["Job", "Queue", "vCPU", "Attempt", "Started", "Waited", "Ran", ...memory, "Exit code", "Log"];
  return `<section aria-labelledby="attempts"><h2 id="attempts">Job attempts</h2>${table(head, rows, "Every attempt of every job")}</section>`;
}

/** The last attempt of a job that was stopped with others says nothing of its own. */
function isStopped(attempt: AttemptRecord, job: JobRecord, run: Run): boolean {
  const submitted = run.jobs.find(({ id }) => id === job.parentId) ?? job;
  return attempt === job.attempts.at(-1) && attempt.exitCode !== 0 && wasStopped(submitted, run);
}

function memoryCell(attempt: AttemptRecord): string {
  const use = memoryUse(attempt) ?? "";
  return needsMoreMemory(attempt) ? `<b class="above">${use}, too much</b>` : use;
}

function exitText(exitCode: number | undefined, reason: string | undefined): string {
  const code = exitCode === undefined ? "none" : String(exitCode);
  return exitCode === 0 || reason === undefined ? code : `${code}: ${escapeMarkup(reason)}`;
}
