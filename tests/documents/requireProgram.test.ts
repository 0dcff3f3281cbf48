import assert from "node:assert/strict";

import { requireProgram } from "./requireProgram";

class Skipped extends Error {}

describe("a program that a test of the documents needs", () => {
  const program = { name: "no-such-program", why: "Nothing needs it." };
  const test = {
    skip: (): never => {
      throw new Skipped();
    },
  };

  it("is on the PATH, or the test is skipped with the reason, and fails in CI", () => {
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    requireProgram(test, { ...program, name: "sh" }, { PATH: "/nowhere:/bin", CI: "true" }, say);
    assert.deepEqual(said, []);
    assert.throws(() => requireProgram(test, program, { PATH: "/bin" }, say), Skipped);
    assert.deepEqual(said, ["Skipped: no-such-program is not on the PATH. Nothing needs it.\n"]);
    assert.throws(() => requireProgram(test, program, { PATH: "/bin", CI: "true" }, say), {
      message: "no-such-program is not on the PATH. Nothing needs it.",
    });
  });
});
