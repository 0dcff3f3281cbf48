import { fileBoxes, findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import { ENTRY_FIELDS } from "../../fmp4/initSegment";
import type { ProbeStream } from "../ffprobe/output";
import type { MediaTrack } from "./movie";

/** ffmpeg's names of the numbers that a track states (ISO/IEC 23091-2), as far as ProRes is made with them. */
const PRIMARIES: Record<number, string> = {
  1: "bt709",
  5: "bt470bg",
  6: "smpte170m",
  9: "bt2020",
  11: "smpte431",
  12: "smpte432",
};
const TRANSFERS: Record<number, string> = { 1: "bt709", 16: "smpte2084", 18: "arib-std-b67" };
const MATRICES: Record<number, string> = { 1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020nc" };

/** Bytes of version, flags and the number of entries before the first of them. */
const ENTRIES = 8;

/**
 * The stream with the colours that its track states, if ffprobe names none: the ProRes decoder of ffmpeg 5.1 forgets them where the pictures
 * themselves state none, so that HDR would be taken for SDR.
 */
export async function withTrackColours(
  video: ProbeStream,
  read: ReadUpTo,
  tracks: readonly MediaTrack[],
): Promise<ProbeStream> {
  const track = tracks.find(({ id, what }) => what === "pictures" && id === Number(video.id));
  if (video.codec_name !== "prores" || !track || isKnown(video.color_transfer)) return video;
  const [table] = await findFileBoxes(read, track.box, "mdia", "minf", "stbl", "stsd");
  if (!table) return video;
  for await (const { body, end } of fileBoxes(read, table.body + ENTRIES, table.end)) {
    const [stated] = await findFileBoxes(read, { body: body + ENTRY_FIELDS.video, end }, "colr");
    const fields = stated && (await read(stated.body, 10));
    if (!fields || !/^ncl[cx]/.test(fields.toString("latin1", 0, 4))) continue;
    const [primaries, transfer, matrix] = [4, 6, 8].map((at) => fields.readUInt16BE(at)) as [number, number, number];
    return {
      ...video,
      ...named("color_primaries", PRIMARIES[primaries]),
      ...named("color_transfer", TRANSFERS[transfer]),
      ...named("color_space", MATRICES[matrix]),
    };
  }
  return video;
}

function isKnown(value: string | undefined): boolean {
  return value !== undefined && value !== "unknown";
}

function named(member: "color_primaries" | "color_transfer" | "color_space", value: string | undefined) {
  return value === undefined ? {} : { [member]: value };
}
