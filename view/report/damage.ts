import { damageExtent, damageLines, damageReport, type DamageSummary } from "../../contract/damageReport";
import { damageFrom } from "../../contract/notices";
import { escapeMarkup } from "../text/markup";
import type { ReportInput } from "./report";

/** How long and where the video is damaged, in a few words. Nothing where it isn't. */
export function damageFact(input: ReportInput): string | undefined {
  const summary = damageOf(input);
  const extent = damageExtent(summary);
  if (extent) return `${extent.length} at ${extent.places}`;
  return summary.damageUnknown === undefined ? undefined : "unknown";
}

/** The section about each stretch that is damaged. */
export function damageSection(input: ReportInput): string {
  const lines = damageLines(damageOf(input));
  if (lines.length === 0) return "";
  const items = lines.map((line) => `<li>${escapeMarkup(line)}</li>`).join("\n");
  return `<section aria-labelledby="damage"><h2 id="damage">Damage</h2>
<p>These stretches aren't in the file as they were recorded. A picture that can't be decoded is replaced by the one before it.</p><ul>${items}</ul></section>`;
}

/** The manifest knows it best. Without one it is what the notice said. */
function damageOf({ media, run }: ReportInput): DamageSummary {
  return media ? damageReport(media.damage ?? []) : damageFrom(run);
}
