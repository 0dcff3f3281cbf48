import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { setImmediate, setTimeout } from "node:timers/promises";

/** Kinds of work that tell whether they still keep the process running. */
const HANDLE = /^(Timeout|Immediate|TCPWRAP|PROCESSWRAP)$/;
/** Kinds that don't. Node.js lists those of the whole process. */
const REQUEST = /^(FSReq\w*|\w+Req(Wrap)?|TCPConnectWrap)$/i;

interface Handle {
  hasRef: () => boolean;
  /** Timers have it, and say nothing else when they have fired. */
  _destroyed?: boolean;
}

const QUIET_TURNS = 5;

/** Whose work begins. One for all programs: Node.js 20 keeps every context, and copies all of them into each new promise. */
const CONTEXT = new AsyncLocalStorage<OwnWork>();

/**
 * What a program begins: timers, files, sockets, processes. Node.js keeps a process until all of it has ended, so that resources
 * can be registered long after the program has returned. The work of others in this process doesn't count, except for requests
 * that happen to be under way at the same moment.
 */
export class OwnWork {
  #handles: Handle[] = [];
  // Without other hooks, this one costs little.
  readonly #hook = createHook({
    init: (_id, type, _trigger, resource) => {
      if (HANDLE.test(type) && CONTEXT.getStore() === this) this.#handles.push(resource as Handle);
    },
  });

  run<T>(program: () => T): T {
    this.#hook.enable();
    return CONTEXT.run(this, program);
  }

  /** Waits until nothing is left that keeps a process running. */
  async end(): Promise<void> {
    // Some steps, as between the parts of an import, are promises only. They go on within a few turns.
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await setImmediate();
      if (!this.#isPending()) continue;
      await setTimeout(1);
      quiet = -1;
    }
  }

  #isPending(): boolean {
    this.#handles = this.#handles.filter((handle) => handle._destroyed !== true && handle.hasRef());
    return this.#handles.length > 0 || process.getActiveResourcesInfo().some((kind) => REQUEST.test(kind));
  }

  stop(): void {
    this.#hook.disable();
  }
}
