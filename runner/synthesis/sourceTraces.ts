/**
 * Stack traces in terms of a program's sources. Its compiler formats every trace in that way, and the SDK takes one of every
 * promise, which would be a third of an evaluation. So only the trace of the error that ends it is formatted like that.
 */
export class SourceTraces {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back, not called
  readonly #before = Error.prepareStackTrace;
  #compilers: typeof Error.prepareStackTrace | undefined;

  /** To be called when the compiler is in place. */
  postpone(): void {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
    this.#compilers = Error.prepareStackTrace;
    Error.prepareStackTrace = this.#before;
  }

  /** Node.js formats a trace when it is first read. */
  format(error: unknown): void {
    if (!(error instanceof Error)) return;
    Error.prepareStackTrace = this.#compilers ?? this.#before;
    void error.stack;
  }

  stop(): void {
    Error.prepareStackTrace = this.#before;
  }
}
