import type { Damage } from "../../contract/damage";
import { preciseTime } from "../../contract/damageReport";
import type { FrameScan } from "../source/frames/scanFrames";
import type { BrokenCluster } from "../source/matroska/clusterChecksums";
import type { VideoClock } from "./damagedFile";

/**
 * Names the parts of a file whose checksum isn't right, unless damage is named in them, which explains it. Nobody knows what in them is
 * wrong, so they count for no time.
 */
export function nameBrokenClusters(
  { brokenClusters }: Pick<FrameScan, "brokenClusters">,
  { into, nextKeyframe }: Pick<VideoClock, "into" | "nextKeyframe">,
  named: readonly Damage[],
): Damage[] {
  const isExplained = ({ from, to }: BrokenCluster): boolean =>
    named.some(({ fromSeconds, toSeconds }) => fromSeconds <= into(to) && toSeconds >= into(from));
  const unexplained = brokenClusters.filter((cluster) => !isExplained(cluster));
  return unexplained.map(({ from, to }) => {
    const [fromSeconds, until] = [Math.max(0, into(from)), into(nextKeyframe(to))];
    const when = `from ${preciseTime(fromSeconds)} to ${preciseTime(Math.ceil(until * 10 - 1e-6) / 10)}`;
    const what = `a checksum doesn't match, and pictures and sound ${when} may be wrong`;
    return { fromSeconds, toSeconds: fromSeconds, what };
  });
}
