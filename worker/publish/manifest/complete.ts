import { initSegment, outputs } from "../../../contract/outputs";
import { encodeMark } from "../../output/encode";
import type { OwnedOutput } from "../../output/ownedOutput";
import { encodeIn, segmentsIn } from "../hls/playlist";
import type { Manifest, ManifestFile, Missing } from "../../../contract/manifest";
import { filesOf, manifestTracks } from "../../../contract/manifest";
import { isSame, NOTHING_MISSING } from "./missing";

/** Whether every file that the manifest names is there with its size, and the manifest names what the plan asks for. */
export async function isComplete(output: OwnedOutput, manifest: Manifest, missing: Missing): Promise<boolean> {
  const { fingerprint, dash } = output.plan;
  if (!isSame(manifest.missing ?? NOTHING_MISSING, missing)) return false;
  if (manifest.fingerprint !== fingerprint || (manifest.dash !== undefined) !== (dash === true)) return false;
  // A manifest of an earlier version may lack a file that is written today.
  const files: (ManifestFile | undefined)[] = filesOf(manifest);
  const found = await Promise.all(files.map(async (file) => file && output.stat(file.path)));
  const areThere = files.every((file, index) => file !== undefined && found[index]?.bytes === file.bytes);
  return areThere && (await listsItsMedia(output, manifest));
}

/**
 * Whether the playlists list media of the manifest's own encoders, and all of it is there. Another execution with another encoder may
 * have replaced the playlists by its own, which have the same size, or have removed media that only these playlists list.
 */
async function listsItsMedia(output: OwnedOutput, manifest: Manifest): Promise<boolean> {
  const { fingerprint } = manifest;
  for (const { name, encodedBy } of manifestTracks(manifest)) {
    const [text, media] = await Promise.all([
      output.readText(outputs.playlist(name)),
      output.list(outputs.segments(name)),
    ]);
    const mark = encodeMark({ fingerprint, encodedBy });
    const listed = segmentsIn(text, { fingerprint });
    if (encodeIn(text, { fingerprint }) !== mark || !media.has(initSegment(mark))) return false;
    if (!listed.every((segment) => media.has(segment.name))) return false;
  }
  return true;
}
