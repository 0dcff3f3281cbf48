import { StatesError } from "../runner/stateMachine/errors";
import type { TaskHandler } from "../runner/stateMachine/task";

/** S3 objects of a scripted run, in memory. */
export class StoredObjects {
  readonly #texts = new Map<string, string>();

  put(uri: string, text: string): void {
    this.#texts.set(uri, text);
  }

  /** `arn:aws:states:::aws-sdk:s3:getObject`. */
  readonly getObject: TaskHandler = {
    fields: ["Bucket", "Key"],
    // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait, this one has nothing to wait for
    run: async ({ Bucket, Key }) => {
      const uri = `s3://${Bucket as string}/${Key as string}`;
      const text = this.#texts.get(uri);
      if (text !== undefined) return { Body: text, ContentLength: Buffer.byteLength(text) };
      const there = [...this.#texts.keys()].join(", ") || "none";
      throw new StatesError("S3.NoSuchKeyException", `There is no object ${uri}. This run has: ${there}.`);
    },
  };
}
