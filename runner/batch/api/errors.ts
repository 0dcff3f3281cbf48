/** Batch rejects a call. Step Functions reports this as `Batch.AWSBatchException`. */
export class BatchClientError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BatchClientError";
  }
}
