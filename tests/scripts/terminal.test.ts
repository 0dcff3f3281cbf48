import assert from "node:assert/strict";
import path from "node:path";

import { ROOT } from "../support/commandLine";

interface Screen {
  write: (text: string) => void;
  lines: () => [style: string, text: string][][];
}

async function makeScreen(): Promise<Screen> {
  const { Screen } = (await import(path.join(ROOT, "scripts", "terminal.mjs"))) as { Screen: new () => Screen };
  return new Screen();
}

describe("the terminal of the recording", () => {
  it("has what is written last, in its styles", async () => {
    const screen = await makeScreen();
    // Codes come in pieces. What is drawn again is shorter, and leaves nothing of what was there.
    for (const piece of [
      "one\r\n\x1b[1mtwo and more\x1b[0m\r\n\x1b[",
      "2A\r\x1b[32m✓\x1b[0m 1\x1b[K\n",
      "\rtwo\x1b[J",
    ]) {
      screen.write(piece);
    }
    assert.deepEqual(screen.lines(), [
      [
        ["good", "✓"],
        ["plain", " 1"],
      ],
      [["plain", "two"]],
    ]);
  });

  it("goes on in the next line after 80 columns", async () => {
    const screen = await makeScreen();
    screen.write(`${"a".repeat(80)}b`);
    assert.deepEqual(screen.lines(), [[["plain", "a".repeat(80)]], [["plain", "b"]]]);
  });

  for (const code of ["\x1b[5B", "\x1b[2K", "\x1b[35m"]) {
    it(`refuses the code ${JSON.stringify(code)}`, async () => {
      const screen = await makeScreen();
      const message = `The terminal of the recording does not know the code ${JSON.stringify(code)}. Add it to Screen.`;
      assert.throws(() => screen.write(code), { name: "Error", message });
    });
  }
});
