import { setMaxListeners } from "node:events";

/**
 * An abort controller that also aborts when an outer signal does. Unlike `AbortSignal.any`, it can be released from the outer
 * signal, and garbage collection cannot break the link.
 */
export class LinkedAbort {
  readonly #controller = new AbortController();
  readonly #follow = (): void => this.#controller.abort(this.outer.reason);

  constructor(private readonly outer: AbortSignal) {
    // Fifty branches can listen to one signal without a leak.
    setMaxListeners(0, this.#controller.signal);
    if (outer.aborted) this.#follow();
    else outer.addEventListener("abort", this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason?: unknown): void {
    this.#controller.abort(reason);
  }

  release(): void {
    this.outer.removeEventListener("abort", this.#follow);
  }
}
