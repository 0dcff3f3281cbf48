import { DAMAGE_UNKNOWN, type DamageSummary } from "../../../contract/damageReport";
import { bind, block, type Code, list, literal, object } from "./code";
import { ERROR_OUTPUT, SAID } from "./failure";

const GIVEN_SHARE = "$states.input.maxDamagedShare";

const WANTED_SHARE = "The maxDamagedShare of an execution must be a number from 0 to 1.";

/**
 * The share of the video's length that may be damaged, as text: the execution's, or `otherwise`. Fails with a sentence for people if the
 * execution has something else. Reads `$states.input`.
 */
export function givenDamagedShare(otherwise: number): Code {
  const isShare = `$type(${GIVEN_SHARE}) = 'number' ? ${GIVEN_SHARE} >= 0 and ${GIVEN_SHARE} <= 1 : false`;
  const given = `(${isShare}) ? $string(${GIVEN_SHARE}) : $error(${literal(WANTED_SHARE)})`;
  return `$exists(${GIVEN_SHARE}) ? (${given}) : ${literal(String(otherwise))}`;
}

/** What the packaging job says is damaged. Reads `$states.result`, the object that has it. */
export const REPORTED_DAMAGE: Code = "$parse($states.result.Body)";

/** The same when it could not be read. Reads `$states.errorOutput`. */
export function unknownDamage(): Code {
  return block(
    bind("$raised", ERROR_OUTPUT),
    bind("$why", `$substring(${SAID}, 0, 500)`),
    object({
      clause: literal(DAMAGE_UNKNOWN),
      lines: list(literal("The manifest lists the damage, but its report could not be read: ") + " & $why"),
      damageUnknown: "$why",
    }),
  );
}

/** The end of a sentence or of its part: `, with 0.1 s damaged at 2:03`, or nothing. Reads `$damage`. */
export const DAMAGED: Code = "($exists($damage.clause) ? ', ' & $damage.clause : '')";

/** The same in the middle of a sentence: `, with 0.1 s damaged at 2:03,` or nothing. */
export const DAMAGED_SO_FAR: Code = "($exists($damage.clause) ? ', ' & $damage.clause & ',' : '')";

/** The members of a notice's JSON. Those without a value are left out. Read `$damage`. */
export const DAMAGE_MEMBERS: Record<keyof DamageSummary, Code> = {
  damagedSeconds: "$damage.damagedSeconds",
  damage: "$damage.damage",
  moreDamage: "$damage.moreDamage",
  damageUnknown: "$damage.damageUnknown",
};

/** Lines of an e-mail. Reads `$damage`. */
export const DAMAGE_LINES: Code = "$damage.lines";
