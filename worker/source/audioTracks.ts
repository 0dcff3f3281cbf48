import type { AudioPurpose, SourceAudio } from "../../contract/plan";
import type { Probe, ProbeStream } from "./ffprobe/output";

/** The sound tracks that can be encoded: the default one, else the first, and then the others in the file's order. */
export function soundTracks({ streams }: Probe): SourceAudio[] {
  const tracks = streams.filter(
    ({ codec_type, codec_name, channels }) =>
      codec_type === "audio" && codec_name !== undefined && codec_name !== "unknown" && (channels ?? 0) > 0,
  );
  const main = tracks.find(({ disposition }) => disposition?.["default"]) ?? tracks[0];
  return tracks.sort((a, b) => Number(b === main) - Number(a === main)).map(describe);
}

function describe({ index, channels = 0, tags, disposition }: ProbeStream): SourceAudio {
  const language = tags?.["language"];
  const title = text(tags?.["title"]);
  const purpose: AudioPurpose | undefined = disposition?.["comment"]
    ? "commentary"
    : disposition?.["visual_impaired"]
      ? "description"
      : undefined;
  return {
    stream: index,
    channels,
    ...(language && !/^und$/i.test(language) ? { language } : {}),
    ...(title ? { title } : {}),
    ...(purpose ? { purpose } : {}),
  };
}

/** What playlists can carry between quotation marks. */
function text(title: string | undefined): string | undefined {
  return title
    ?.replace(/[\s\p{Cc}"]+/gu, " ")
    .trim()
    .slice(0, 100);
}
