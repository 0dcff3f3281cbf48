/** Batch refuses a call. Step Functions shows such refusals as `Batch.AWSBatchException`. */
export class BatchClientError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BatchClientError";
  }
}
