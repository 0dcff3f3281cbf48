/** Something else is there than the writer meant to take the place of. What is there stays. */
export class ChangedMeanwhile extends Error {
  override readonly name = "ChangedMeanwhile";

  constructor(uri: string) {
    super(`${uri} was changed by another job in the same moment.`);
  }
}

/** In place of an etag: there must be no object yet. */
export const NOTHING = "";
