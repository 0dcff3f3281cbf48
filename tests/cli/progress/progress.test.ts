import assert from "node:assert/strict";
import { PassThrough } from "node:stream";

import { ProgressJson } from "../../../cli/progress/json";
import { createProgress } from "../../../cli/progress/options";
import { ProgressLines } from "../../../cli/progress/lines";
import { Narrator } from "../../../cli/progress/narrator";
import { LiveProgress, type Terminal } from "../../../cli/progress/live";
import type { Progress } from "../../../cli/progress/progress";
import { outline } from "../../../view/outline/outline";
import { at, DEFINITION, jobOf, Story } from "../../view/machine";

const probe = jobOf("probe", "high");

function story(): Story {
  return new Story()
    .enter(0, "Probe")
    .submit(0, "Probe", probe)
    .begin(1, probe)
    .add({ type: "attemptProgress", time: at(2), job: probe, attempt: 1, percent: 50 })
    .end(3, probe, 1, { retried: true, said: "Out of memory." });
}

function printed(make: (stream: PassThrough) => Progress): string {
  const stream = new PassThrough().setEncoding("utf8");
  const progress = make(stream);
  const { events, run } = story();
  for (const event of events) progress.show(event, run);
  progress.stop();
  return stream.read() as string;
}

describe("progress", () => {
  const { NO_COLOR, TERM } = process.env;
  afterEach(() => {
    for (const [name, value] of Object.entries({ NO_COLOR, TERM })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it("has colours on a terminal unless NO_COLOR is set, and neither colours nor a tree elsewhere", () => {
    const colours = (environment: NodeJS.ProcessEnv, isTTY: boolean): string => {
      delete process.env["NO_COLOR"];
      process.env["TERM"] = "xterm";
      Object.assign(process.env, environment);
      const text = printed((stream) => {
        const stderr = Object.assign(stream, { isTTY, columns: 80 });
        return createProgress({}, outline(DEFINITION), { stdout: new PassThrough(), stderr });
      });
      // eslint-disable-next-line no-control-regex
      return [/\x1b\[\d+m/.test(text) ? "colours" : "", /\x1b/.test(text) ? "redrawn" : "lines"].join(" ").trim();
    };
    assert.equal(colours({}, true), "colours redrawn");
    assert.equal(colours({ NO_COLOR: "1" }, true), "redrawn");
    // https://no-color.org: an empty value does not count.
    assert.equal(colours({ NO_COLOR: "" }, true), "colours redrawn");
    assert.equal(colours({ TERM: "dumb" }, true), "lines");
    assert.equal(colours({}, false), "lines");
  });

  it("prints a line for each change without a terminal, with the end of a failed attempt's log", () => {
    assert.equal(
      printed((stream) => new ProgressLines(stream)),
      `   0.0 s  Probe                     waiting in high
   1.0 s  Probe                     running
   3.0 s  Probe                     attempt 1 failed with exit code 1, retrying: Out of memory.
          | Before that.
          | Out of memory.
`,
    );
  });

  it("shows the first line of a notice's e-mail, or its subject", () => {
    const notice = { time: at(4), topic: "arn:aws:sns:eu-west-1:123456789012:videos", subject: "Video ready: clip ?" };
    const lines = ["clip é is ready.\n\nExecution: 1", undefined].map((email) =>
      new Narrator().describe({
        type: "notificationPublished",
        time: at(4),
        notification: { ...notice, message: "{}", attributes: {}, ...(email === undefined ? {} : { email }) },
      }),
    );
    assert.deepEqual(lines, [
      "   0.0 s  Notification              clip é is ready.",
      "   0.0 s  Notification              Video ready: clip ?",
    ]);
  });

  it("shows events with the name of their bus", () => {
    const event = {
      ...{ time: at(4), bus: "arn:aws:events:eu-west-1:123456789012:event-bus/media", source: "video-batch-pipeline" },
      ...{ detailType: "Video Planned", detail: {}, resources: [] },
    };
    assert.equal(
      new Narrator().describe({ type: "eventSent", time: at(4), event }),
      "   0.0 s  Event                     Video Planned to media",
    );
  });

  it("prints a line of JSON for each event", () => {
    const lines = printed((stream) => new ProgressJson(stream))
      .trim()
      .split("\n");
    const events = lines.map((line) => JSON.parse(line) as { time: string; type: string });
    assert.deepEqual(
      events.map(({ time, type }) => `${time.slice(17, 19)} ${type}`),
      [
        ...["05 stateEntered", "05 jobSubmitted", "05 taskSubmitted", "06 attemptStarting", "06 attemptRunning"],
        ...["07 attemptProgress", "08 attemptEnded", "08 attemptLogTail"],
      ],
    );
    assert.deepEqual(events[5], { ...events[5], job: probe, attempt: 1, percent: 50 });
  });

  it("redraws a tree in place on a terminal, and restores the terminal", () => {
    const written = printed((stream) => {
      const terminal = stream as Terminal;
      Object.assign(terminal, { columns: 60, rows: 24 });
      return new LiveProgress(outline(DEFINITION), terminal, () => at(4));
    });
    assert.ok(written.startsWith("\x1b[?25l"));
    assert.ok(written.endsWith("\x1b[?25h"));
    const screen = screenOf(written);
    assert.deepEqual(screen, [
      "machine  running  0:04  0 of 4 vCPUs",
      "Probe     waiting 0:04 · high",
      "  │ Before that.",
      "  │ Out of memory.",
      "Work      ·",
      "  Encode  ·",
      "  Look    ·",
    ]);
  });
});

/** The content of a terminal's screen after these bytes. */
function screenOf(bytes: string): string[] {
  const lines: string[] = [];
  let row = 0;
  // eslint-disable-next-line no-control-regex
  for (const [piece] of bytes.matchAll(/\x1b\[[?\d;]*[A-Za-z]|\r|\n|[^\x1b\r\n]+/g)) {
    // eslint-disable-next-line no-control-regex
    const up = /^\x1b\[(\d+)A$/.exec(piece);
    if (up) row -= Number(up[1]);
    else if (piece === "\n") row++;
    else if (piece === "\r") lines[row] = "";
    else if (piece === "\x1b[J") lines.length = row;
    else if (!piece.startsWith("\x1b")) lines[row] = (lines[row] ?? "") + piece;
  }
  return lines;
}
