import { JobError } from "../errors/errors";
import type { Banner } from "./banner";
import { parseBanner } from "./banner";
import { capture, readBanner } from "./capture";
import { assertReadWhole } from "./failure";
import { commandOf } from "./program";

/** The encoders, decoders and filters that an ffmpeg was built with. */
export interface Inventory {
  banner: Banner;
  encoders: ReadonlySet<string>;
  /** The names of the codecs that it decodes. */
  decoders: ReadonlySet<string>;
  filters: ReadonlySet<string>;
}

const inventories = new Map<string, Promise<Inventory>>();

/** Runs ffmpeg once per process: for both lists in parallel, a twentieth of a second each where its libraries are shared ones. */
export function readInventory(): Promise<Inventory> {
  const command = commandOf("ffmpeg");
  const found = inventories.get(command) ?? queryFfmpeg();
  inventories.set(command, found);
  // eslint-disable-next-line no-restricted-syntax -- the caller gets the error
  found.catch(() => inventories.delete(command));
  return found;
}

async function queryFfmpeg(): Promise<Inventory> {
  const [codecs, filters] = await Promise.all([capture("ffmpeg", ["-codecs"]), capture("ffmpeg", ["-filters"])]);
  for (const { exit } of [codecs, filters]) assertReadWhole("the list of its codecs", exit);
  const all = parseRows(codecs.stdout);
  // A wrapper around ffmpeg may hide it.
  const banner = parseBanner(codecs.exit.stderr) ?? (await readBanner("ffmpeg"));
  const found = {
    encoders: new Set(all.flatMap(encodersIn)),
    decoders: new Set(all.flatMap(([flags, codec]) => (flags.startsWith("D") ? codec : []))),
    filters: new Set([...filters.stdout.matchAll(/^ +[TSC.]{2,3} +(\w+) +\S*->/gm)].map(([, name = ""]) => name)),
  };
  // Every ffmpeg has at least one of each.
  if (!banner || Object.values(found).some(({ size }) => size === 0)) {
    throw new JobError(`${commandOf("ffmpeg")} doesn't list its codecs and filters.`);
  }
  return { banner, ...found };
}

/** A line such as ` DEV.LS h264  H.264 / AVC (decoders: h264 h264_qsv) (encoders: libx264 libx264rgb)`. */
type Row = [flags: string, codec: string, description: string];

function parseRows(text: string): Row[] {
  const found = text.matchAll(/^ ([D.][E.][VASDT.][I.][L.][S.]) (\S+)(.*)$/gm);
  return [...found].map(([, flags = "", codec = "", description = ""]) => [flags, codec, description]);
}

/** A codec's only encoder is not listed if it has the codec's name. */
function encodersIn([flags, codec, description]: Row): string[] {
  if (flags[1] !== "E") return [];
  return /\(encoders: ([^)]*)\)/.exec(description)?.[1]?.trim().split(" ") ?? [codec];
}
