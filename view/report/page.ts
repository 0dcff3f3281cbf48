import type { Run } from "../../contract/run";
import { diagram } from "../diagram/diagram";
import type { Layout } from "../diagram/layout";
import type { Result } from "../diagram/nodes";
import { escapeMarkup } from "../text/markup";
import { attempts } from "./attempts";
import { damageSection } from "./damage";
import { sceneStrip } from "./features";
import { renditionsTable } from "./renditions";
import { outcomeOf } from "./outcome";
import { events, facts, failure, heading, notifications, omissions, titleOf } from "./overview";
import { player, PLAYER_SCRIPT } from "./player";
import type { ReportInput } from "./report";
import { STYLE } from "./style";
import { timeline } from "./timeline";

export interface PageOptions {
  /** Milliseconds since the epoch, for runs that have not ended. */
  now: number;
  /** The code of hls.js, for reports whose output can be served next to them. */
  hls?: string;
  /** Layout of the state machine, if it is already known. */
  layout?: Layout;
}

/** Renders a run as one page that needs no network. It contains everything except the videos and logs. */
export async function reportPage(input: ReportInput, { now, hls, layout }: PageOptions): Promise<string> {
  const { run, machine, priorities } = input;
  const picture = await diagram(machine, {
    title: `State machine ${run.stateMachine} with the result of each state`,
    priorities,
    results: resultsOf(run),
    ...(layout ? { layout } : {}),
  });
  const playerMarkup = player(input);
  const scripts = !playerMarkup.includes("<video") ? [] : [...(hls === undefined ? [] : [hls]), PLAYER_SCRIPT];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(`${outcomeOf(run).word}: ${titleOf(run)}`)}</title>
<link rel="icon" href="data:,"><style>${STYLE}</style></head><body>
${heading(input)}
<main>
${[
  failure(input),
  omissions(input),
  facts(input, now),
  playerMarkup,
  damageSection(input),
  renditionsTable(input),
  timeline(input, now),
  `<section aria-labelledby="machine"><h2 id="machine">State machine</h2><label class="zoom"><input type="checkbox"> Zoom in</label><div class="scroll diagram" role="region" tabindex="0" aria-label="The state machine">${picture}</div></section>`,
  sceneStrip(input),
  attempts(input),
  notifications(input),
  events(input),
]
  .filter((section) => section !== "")
  .join("\n")}
</main>
<footer>Execution ${escapeMarkup(run.execution)}</footer>
${scripts.map((code) => `<script>${code.replaceAll("</script", "<\\/script")}</script>`).join("\n")}
</body></html>
`;
}

/** The result of each state's last visit. */
function resultsOf(run: Run): Record<string, Result> {
  return Object.fromEntries(
    run.states.map(({ name, type, outcome, exited }): [string, Result] => {
      if (type === "Fail" || outcome === "failed" || outcome === "caught") return [name, "failed"];
      if (outcome === "cancelled") return [name, "cancelled"];
      return [name, exited === undefined && run.status === "RUNNING" ? "running" : "succeeded"];
    }),
  );
}
