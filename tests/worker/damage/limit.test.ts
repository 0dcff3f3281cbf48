import assert from "node:assert/strict";

import type { Plan } from "../../../contract/plan";
import { type Damage, damagedSeconds } from "../../../contract/damage";
import { assertAcceptableDamage, withAcceptable } from "../../../worker/damage/limit";
import { InputError } from "../../../worker/errors/errors";

const at = (fromSeconds: number, toSeconds: number, what = "the file has a hole"): Damage => ({
  ...{ fromSeconds, toSeconds, what },
});

describe("the damage of a video", () => {
  it("counts each second once", () => {
    assert.equal(damagedSeconds([]), 0);
    assert.equal(damagedSeconds([at(5, 6), at(1, 3), at(2, 4), at(2, 2.5)]), 4);
  });

  const refusals: [damage: Damage[], seconds: number, maxDamagedShare: number | undefined, message: string][] = [
    [
      [at(2.4, 4.4)],
      6,
      undefined,
      '"a.mp4" is damaged at 0:02 (the file has a hole), for 2 s or 33 % of its length, and at most 2 % is accepted; to process it anyway, raise maxDamagedShare.',
    ],
    [
      [at(3723, 3724, "1 picture can't be decoded")],
      7200,
      0,
      '"a.mp4" is damaged at 1:02:03 (1 picture can\'t be decoded), for 1 s or 0.014 % of its length, and none is accepted; to process it anyway, raise maxDamagedShare.',
    ],
    [
      [at(3, 3, "a picture is missing")],
      100,
      0,
      '"a.mp4" is damaged at 0:03 (a picture is missing), for 0.01 s or 0 % of its length, and none is accepted; to process it anyway, raise maxDamagedShare.',
    ],
    [
      [at(61, 62), at(71, 72, "one"), at(81, 82, "two"), at(91, 92)],
      100,
      0.035,
      '"a.mp4" is damaged at 1:01, 1:11 and 2 more places (the file has a hole; one; and more), for 4 s or 4 % of its length, and at most 3.5 % is accepted; to process it anyway, raise maxDamagedShare.',
    ],
  ];
  for (const [damage, seconds, maxDamagedShare, message] of refusals) {
    it(`above what is accepted is refused: ${message}`, () => {
      const limit = maxDamagedShare === undefined ? {} : { maxDamagedShare };
      assert.throws(
        () => assertAcceptableDamage('"a.mp4"', damage, seconds, limit),
        (error: Error) => error instanceof InputError && error.message === message,
      );
    });
  }

  it("up to what is accepted passes, however times are rounded", () => {
    assertAcceptableDamage("a", [at(2.4, 2.44), at(2.48, 2.52), at(2.6, 2.64)], 6, {});
    assertAcceptableDamage("a", [], 6, { maxDamagedShare: 0 });
    assertAcceptableDamage("a", [at(3, 3)], 6, {});
    assertAcceptableDamage("a", [at(0, 6)], 6, { maxDamagedShare: 1 });
  });

  it("behind the last picture is part of the length", () => {
    const plan = { source: { durationSeconds: 2 }, damage: [at(2, 6)] } as unknown as Plan;
    assert.deepEqual(withAcceptable(plan, "a", [], { maxDamagedShare: 0.7 }), [at(2, 6)]);
    const message =
      "a is damaged at 0:02 (the file has a hole), for 4 s or 67 % of its length, and at most 60 % is accepted; to process it anyway, raise maxDamagedShare.";
    assert.throws(() => withAcceptable(plan, "a", [], { maxDamagedShare: 0.6 }), { message });
  });
});
