import { InputError } from "../../errors/errors";
import type { ProbeStream } from "../ffprobe/output";

/** Profiles whose base layer is ordinary video, whatever number they state for it: 4 and 7 add a layer to SDR and HDR10. */
const COMPATIBLE = [4, 7];

/**
 * Refuses Dolby Vision whose base layer is no ordinary video, as that of profile 5: it has colours of its own, which only Dolby's processing
 * turns into a picture. Other profiles are processed by their base layer in SDR, HDR10 or HLG.
 */
export function assertCompatibleBaseLayer(name: string, { side_data_list = [] }: ProbeStream): void {
  const record = side_data_list.find(({ side_data_type }) => side_data_type === "DOVI configuration record");
  const profile = Number(record?.["dv_profile"]);
  if (!record || Number(record["dv_bl_signal_compatibility_id"]) !== 0 || COMPATIBLE.includes(profile)) return;
  throw new InputError(
    `${name} is in Dolby Vision profile ${profile}, which has no base layer that plays without Dolby Vision; export it in HDR10, HLG or Dolby Vision profile 8.1 or 8.4.`,
  );
}
