/** The object is no longer the one that the writer meant to replace, so it stays. */
export class PreconditionFailed extends Error {
  override readonly name = "PreconditionFailed";

  constructor(uri: string) {
    super(`${uri} was changed by another job at the same time.`);
  }
}

/** Stands for an etag where there must be no object yet. */
export const NOTHING = "";
