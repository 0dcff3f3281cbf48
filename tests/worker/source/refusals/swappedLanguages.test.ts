import assert from "node:assert/strict";

import { assertSteadyLanguages } from "../../../../worker/source/refusals/swappedLanguages";
import type { Table } from "../../../../worker/source/transport/tableHistory";

const [VIDEO, ONE, OTHER] = [0x100, 0x101, 0x102];

/** A programme's table with sound in some languages, without its checksum. */
function table(languages: Record<number, string>, video = VIDEO): Table {
  const sound = Object.entries(languages).flatMap(([pid, language]) => {
    const descriptor = language === "" ? [] : [0x0a, 4, ...Buffer.from(language), 0];
    return [0x04, 0xe0 | (Number(pid) >> 8), Number(pid) & 0xff, 0xf0, descriptor.length, ...descriptor];
  });
  const streams = [0x1b, 0xe0 | (video >> 8), video & 0xff, 0xf0, 0, ...sound];
  const section = Buffer.from([2, 0xb0, 13 + streams.length, 0, 1, 0xc1, 0, 0, 0xe1, 0, 0xf0, 0, ...streams]);
  return { pid: 0x1000, section, position: 0 };
}

describe("assertSteadyLanguages", () => {
  const check = (...tables: Table[]) => assertSteadyLanguages('"a.ts"', tables, VIDEO);
  const first = table({ [ONE]: "deu", [OTHER]: "fra" });

  it("refuses languages that are exchanged", () => {
    assert.throws(() => check(first, table({ [ONE]: "FRA", [OTHER]: "deu" })), {
      name: "InputError",
      message:
        '"a.ts" has two audio tracks that exchange their languages on the way, deu and fra; cut it where they do, and process the pieces one by one.',
    });
  });

  it("accepts a track whose language alone changes, as between programmes", () => {
    check(first, table({ [ONE]: "deu", [OTHER]: "eng" }), table({ [ONE]: "deu", [OTHER]: "deu" }));
    check(first, table({ [ONE]: "deu" }), table({ [ONE]: "", [OTHER]: "deu" }), first);
  });

  it("accepts what the tables of other programmes say", () => {
    check(first, table({ [ONE]: "fra", [OTHER]: "deu" }, 0x200));
  });
});
