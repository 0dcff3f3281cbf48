import { JobError } from "../errors";
import type { Banner } from "./banner";
import { bannerIn } from "./banner";
import { askedBanner, printed } from "./capture";
import { commandOf } from "./program";

/** What an ffmpeg was built with. */
export interface Inventory {
  banner: Banner;
  encoders: ReadonlySet<string>;
  /** The codecs that it decodes. */
  decoders: ReadonlySet<string>;
  filters: ReadonlySet<string>;
}

const known = new Map<string, Promise<Inventory>>();

/** Asked once in a process: both lists at a time, a twentieth of a second each where ffmpeg's libraries are shared ones. */
export function inventory(): Promise<Inventory> {
  const command = commandOf("ffmpeg");
  const found = known.get(command) ?? look();
  known.set(command, found);
  found.catch(() => known.delete(command));
  return found;
}

async function look(): Promise<Inventory> {
  const [codecs, filters] = await Promise.all([printed("ffmpeg", ["-codecs"]), printed("ffmpeg", ["-filters"])]);
  const all = rows(codecs.stdout);
  // Somebody's wrapper may hide it.
  const banner = bannerIn(codecs.ending.stderr) ?? (await askedBanner("ffmpeg"));
  const found = {
    encoders: new Set(all.flatMap(encodersIn)),
    decoders: new Set(all.flatMap(([flags, codec]) => (flags.startsWith("D") ? codec : []))),
    filters: new Set([...filters.stdout.matchAll(/^ +[TSC.]{2,3} +(\w+) +\S*->/gm)].map(([, name = ""]) => name)),
  };
  // Every ffmpeg has some of each.
  if (!banner || Object.values(found).some(({ size }) => size === 0)) {
    throw new JobError(`${commandOf("ffmpeg")} doesn't say what it has.`);
  }
  return { banner, ...found };
}

/** Such as ` DEV.LS h264  H.264 / AVC (decoders: h264 h264_qsv) (encoders: libx264 libx264rgb)`. */
type Row = [flags: string, codec: string, description: string];

function rows(text: string): Row[] {
  const found = text.matchAll(/^ ([D.][E.][VASDT.][I.][L.][S.]) (\S+)(.*)$/gm);
  return [...found].map(([, flags = "", codec = "", description = ""]) => [flags, codec, description]);
}

/** A codec's only encoder is not listed where it has the codec's name. */
function encodersIn([flags, codec, description]: Row): string[] {
  if (flags[1] !== "E") return [];
  return /\(encoders: ([^)]*)\)/.exec(description)?.[1]?.trim().split(" ") ?? [codec];
}
