import { readFile, writeFile } from "node:fs/promises";

import { wholePagesIn } from "../../../worker/source/ogg/pages";

/** Cuts pages out of the first stream of an Ogg file, or breaks them in place. They are numbered; the first three are headers and a keyframe. */
export async function withoutPages(
  from: string,
  to: string,
  numbers: readonly number[],
  how: "cut" | "broken" = "cut",
): Promise<void> {
  const bytes = await readFile(from);
  const pages = [...wholePagesIn(bytes)];
  const kept = pages.map(({ at, serial, sequence }, index) => {
    const page = Buffer.from(bytes.subarray(at, pages[index + 1]?.at));
    if (serial !== pages[0]?.serial || !numbers.includes(sequence)) return page;
    if (how === "cut") return Buffer.alloc(0);
    page[page.length - 1]! ^= 0xff;
    return page;
  });
  await writeFile(to, Buffer.concat(kept));
}
