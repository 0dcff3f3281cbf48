import type { ResourceType } from "../resourceType";
import { ACCESS } from "./access";
import { BATCH } from "./batch";
import { MESSAGING } from "./messaging";
import { MONITORING } from "./monitoring";
import { FUNCTIONS } from "./functions";
import { IMAGES, NETWORK } from "./network";
import { STORAGE } from "./storage";

const TYPES: Record<string, ResourceType> = {
  ...ACCESS,
  ...BATCH,
  ...FUNCTIONS,
  ...IMAGES,
  ...MESSAGING,
  ...MONITORING,
  ...NETWORK,
  ...STORAGE,
};

/** The types of a package. */
export function typesOf(name: string): string[] {
  return Object.keys(TYPES).filter((type) => type.startsWith(`${name}:`));
}

/** Throws for types that nothing is known of, so that no test passes by chance. */
export function typeNamed(type: string): ResourceType {
  const found = TYPES[type];
  if (!found) throw new Error(`The stand-in does not know ${type}. Add it to tests/engine/standIns/types/.`);
  return found;
}
