import { DATA_RULES } from "./data";
import { IDENTITY_RULES } from "./identity";
import { MACHINE_RULES } from "./machines";

/** What every program has to keep to. */
export const RULES = [...DATA_RULES, ...MACHINE_RULES, ...IDENTITY_RULES];
