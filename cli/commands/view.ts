import path from "node:path";

import { Command, InvalidArgumentError } from "commander";

import { withHelp } from "../help/commandHelp";
import type { Output } from "../output/output";
import { reportFile } from "../report/local";
import { openBrowser } from "../viewer/openBrowser";
import { serveFolder } from "../viewer/server";
import { viewableRun } from "../viewer/viewableRun";

interface ViewCommandOptions {
  port?: number;
  open: boolean;
}

export function viewCommand({ stdout, stderr }: Output): Command {
  return withHelp(new Command("view"), {
    examples: [
      { what: "Show the run in out/clip:", args: "view out/clip" },
      {
        what: "Without a browser, on a fixed port for a tunnel:",
        args: "view out/clip --no-open --port 8080",
      },
    ],
    notes: [
      "It serves the run's folder, and nothing outside it, to browsers on this machine (127.0.0.1) until Ctrl-C. A run has no report until it ends. If the output is in S3, the report has no player.",
    ],
  })
    .description("Show the report of a run on this machine in a browser, with a player for its HLS playlist.")
    .argument("<dir>", "the folder of a run, for example out/clip")
    .option("--port <n>", "a port of 127.0.0.1, 1 to 65535 (default: a free one)", parsePort)
    .option("--no-open", "print the address and open no browser")
    .action(async (folder: string, { port = 0, open }: ViewCommandOptions) => {
      const { directory, record } = viewableRun(folder);
      const server = await serveFolder(directory, { index: path.basename(reportFile(directory)), port });
      // Before the address is printed: its reader may interrupt immediately.
      const ended = interruption();
      stdout.write(`${server.address}/\n`);
      const { output } = record.start;
      if (output !== undefined) stderr.write(`The report has no player: the output is in S3, at ${output}.\n`);
      if (open && !(await openBrowser(`${server.address}/`))) stderr.write("No browser was found. Open the address.\n");
      stderr.write("Press Ctrl-C to stop.\n");
      await ended;
      server.close();
      // The terminal has shown ^C.
      if (stderr.isTTY) stderr.write("\n");
    });
}

/** Resolves with the first signal. A second one has Node's default effect and ends this process at once. */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

function parsePort(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && number <= 65_535) return number;
  throw new InvalidArgumentError("It must be a whole number from 1 to 65535.");
}
