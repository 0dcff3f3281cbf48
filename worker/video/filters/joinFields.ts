import type { PlanSource } from "../../../contract/plan";

/**
 * Joins single fields to pictures, each at the time of its first field. Decoding may begin with a second field, whose first one is missing,
 * so it is the fields that tell where a picture begins.
 */
export function joinFields({ fields }: Pick<PlanSource, "fields">): string[] {
  if (!fields) return [];
  const second = fields === "top" ? "BOTTOMFIRST" : "TOPFIRST";
  // The variable is the last field that was selected, 0 at the beginning.
  const alternating = `select='if(eq(interlace_type,if(ld(0),ld(0),${second})),0,st(0,interlace_type))'`;
  // It joins every field to the one before, so every second result is a picture.
  return [alternating, `doubleweave=first_field=${fields}`, "select='not(mod(n,2))'"];
}
