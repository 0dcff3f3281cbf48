import { REJECTED } from "../../contract/notices";
import type { JobRecord, Run, StateRecord } from "../../contract/run";
import { damageFrom, missingFrom } from "../../contract/notices";
import { clockTime } from "../text/format";
import { columnsOf, cutToColumns } from "../text/columns";
import { qualify } from "../text/outcome";
import type { Outline, OutlinedState } from "../outline/outline";
import { isStep, reachedWithoutFailure } from "../outline/steps";
import { jobStatus, lastLogLines, type Percents } from "./job";
import type { Row } from "./row";

export interface TreeOptions {
  percents: Percents;
  /** Milliseconds since the epoch. */
  now: number;
  /** Maximum number of rows. Finished states are omitted first. */
  height?: number;
  /** Maximum number of columns. */
  width?: number;
}

/** Columns that the name of the state machine has at least. */
const LEAST_NAME = 12;
/** The share of the columns that names take at most. */
const NAMES_SHARE = 0.5;

/** Columns between a name and what follows. */
const GAP = 2;

interface Line {
  row: Row;
  /** Lines of finished states are omitted first. */
  finished: boolean;
}

/** Shows a run as a tree of states: finished, running with progress, waiting, or failed with the cause. */
export function progressTree(machine: Outline, run: Run, options: TreeOptions): Row[] {
  const { width = Infinity } = options;
  const names = Math.min(nameWidth(machine, 0), Math.floor(width * NAMES_SHARE));
  const lines = level(machine, "", run.status === "RUNNING", { run, names, room: width - names - GAP, ...options });
  const head = header(run, options.now, width);
  return [head, ...fitToHeight(lines, options.height === undefined ? Infinity : options.height - 1)];
}

interface Context extends TreeOptions {
  run: Run;
  /** Width of the names in columns. */
  names: number;
  /** Columns beside the names. */
  room: number;
}

function header(run: Run, now: number, width: number): Row {
  const elapsed = clockTime((run.ended === undefined ? now : Date.parse(run.ended)) - Date.parse(run.started));
  const running = run.jobs.filter(({ status, arraySize }) => status === "RUNNING" && arraySize === undefined);
  const used = running.reduce((sum, { vcpus }) => sum + vcpus, 0);
  const limit = Object.values(run.vcpus).reduce((sum, vcpus) => sum + vcpus, 0);
  const vcpus = run.status === "RUNNING" ? `  ${used}${limit > 0 ? ` of ${limit}` : ""} vCPUs` : "";
  const qualified = run.status === "SUCCEEDED" ? qualify({ missing: missingFrom(run), damage: damageFrom(run) }) : "";
  const facts = `  ${run.status.toLowerCase().replace("_", " ")}${qualified}  ${elapsed}${vcpus}`;
  return [
    ["bold", cutToColumns(run.stateMachine, Math.max(LEAST_NAME, width - columnsOf(facts)))],
    ["plain", facts],
  ];
}

function level(machine: Outline, indent: string, open: boolean, context: Context): Line[] {
  const { states } = machine;
  const visits = (name: string): StateRecord | undefined => context.run.states.findLast((visit) => visit.name === name);
  const ended = !open || states.some(({ name, ends }) => ends && visits(name)?.exited !== undefined);
  const regular = reachedWithoutFailure(machine);
  return states.flatMap((state) => {
    const visit = visits(state.name);
    if (!isStep(state)) return [];
    if (!visit) {
      // The state was not entered yet. States that a choice skipped, or that only a failure leads to, are not shown.
      return ended || !regular.has(state.name) ? [] : pendingLines(state, indent, context);
    }
    return visitedLines(state, visit, indent, context);
  });
}

function pendingLines(state: OutlinedState, indent: string, context: Context): Line[] {
  const row: Row = [["dim", `${nameColumn(state.name, indent, context)}·`]];
  return [{ row, finished: false }, ...state.branches.flatMap((branch) => level(branch, `${indent}  `, true, context))];
}

function visitedLines(state: OutlinedState, visit: StateRecord, indent: string, context: Context): Line[] {
  const { run, now, percents, room } = context;
  const running = visit.exited === undefined && run.status === "RUNNING";
  const job = run.jobs.findLast((each) => each.state === state.name);
  const took = clockTime((visit.exited === undefined ? now : Date.parse(visit.exited)) - Date.parse(visit.entered));
  const status =
    job === undefined
      ? statusWithoutJob(visit, running, took, state.waits)
      : jobStatus(job, run, { percents, now, room });
  const name: Row = [["plain", nameColumn(state.name, indent, context)]];
  return [
    { row: [...name, ...status], finished: visit.outcome === "succeeded" },
    ...(job ? logLines(job, indent, context) : []),
    ...state.branches.flatMap((branch) => level(branch, `${indent}  `, running, context)),
  ];
}

function nameColumn(name: string, indent: string, { names }: Context): string {
  return cutToColumns(indent + name, names).padEnd(names + GAP);
}

function statusWithoutJob(
  { outcome, retries, cause, error }: StateRecord,
  running: boolean,
  took: string,
  waits = false,
): Row {
  const again = retries > 0 ? ` · ${retries === 1 ? "retried once" : `retried ${retries} times`}` : "";
  if (running)
    return [
      ["busy", "● "],
      ["plain", `${took}${again}${waits ? " · waiting for an answer" : ""}`],
    ];
  if (outcome === "succeeded")
    return [
      ["good", "✓ "],
      ["plain", `${took}${again}`],
    ];
  if (outcome === "failed" || outcome === "caught") {
    const why = (error === REJECTED ? `rejected ${cause ?? ""}` : (cause ?? error ?? "")).split("\n")[0]!;
    // The cause from a branch is JSON for the next state. The branch's own line already shows it readably.
    return [
      ["bad", "✗ "],
      ["plain", took],
      ...(why === "" || why.startsWith("{") ? [] : ([["bad", `: ${why}`]] satisfies Row)),
    ];
  }
  return [["dim", `– stopped after ${took}`]];
}

function logLines(job: JobRecord, indent: string, { run }: Context): Line[] {
  return lastLogLines(job, run).map((line) => ({ row: [["dim", `${indent}  │ ${line}`]], finished: false }));
}

function nameWidth({ states }: Outline, indent: number): number {
  return Math.max(
    0,
    ...states.flatMap((state) => [
      isStep(state) ? indent + state.name.length : 0,
      ...state.branches.map((branch) => nameWidth(branch, indent + 2)),
    ]),
  );
}

function fitToHeight(lines: Line[], height: number): Row[] {
  const surplus = lines.length - height;
  if (surplus <= 0) return lines.map(({ row }) => row);
  let dropped = 0;
  const kept = lines.filter(({ finished }) => !(finished && dropped < surplus + 1 && ++dropped > 0));
  const note = (more: number): Row => [["dim", `… ${more} more`]];
  const rows = kept.slice(0, Math.max(0, height - 1)).map(({ row }) => row);
  return [...rows, note(lines.length - rows.length)];
}
