import type { Storage, StoredObject } from "./storage";

/** Something else is there than the writer meant to take the place of. What is there stays. */
export class ChangedMeanwhile extends Error {
  override readonly name = "ChangedMeanwhile";

  constructor(uri: string) {
    super(`${uri} was changed by another job in the same moment.`);
  }
}

/** Writes in the place of what was there when the text was derived. Returns whether it still was. */
export async function wroteOver(
  storage: Storage,
  uri: string,
  text: string,
  there: StoredObject | undefined,
): Promise<boolean> {
  try {
    await storage.write(uri, text, { replaces: there?.etag ?? NOTHING });
    return true;
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return false;
    throw error;
  }
}

/** In place of an etag: there must be no object yet. */
export const NOTHING = "";
