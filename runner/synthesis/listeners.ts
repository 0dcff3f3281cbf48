type Event = "exit" | "beforeExit" | "uncaughtException" | "unhandledRejection";

/** Remembers who listens to events of this process. Returns a function that makes them the only listeners again. */
export function rememberListeners(events: readonly Event[]): () => void {
  const remembered = events.map((event) => [event, process.rawListeners(event) as (() => void)[]] as const);
  return () => {
    for (const [event, listeners] of remembered) {
      process.removeAllListeners(event);
      for (const listener of listeners) process.on(event, listener);
    }
  };
}
