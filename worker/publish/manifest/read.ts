import type { Manifest } from "../../../contract/manifest";
import { outputs } from "../../../contract/outputs";
import type { OwnedOutput } from "../../output/ownedOutput";

export async function readManifest(output: OwnedOutput): Promise<Manifest | undefined> {
  const text = await output.readText(outputs.manifest);
  return text === undefined ? undefined : (JSON.parse(text) as Manifest);
}
