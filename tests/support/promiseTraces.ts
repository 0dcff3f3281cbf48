import * as debuggable from "@pulumi/pulumi/runtime/debuggable";

// The SDK gives each of its promises a stack trace, of which nothing is read unless PULUMI_DEBUG_PROMISE_LEAKS is set. With source maps
// that takes a seventh of the time of tests that evaluate programs.
const { debuggablePromise } = debuggable as unknown as {
  debuggablePromise: <T>(promise: Promise<T>, context?: unknown) => Promise<T>;
};
Object.assign(debuggable, {
  debuggablePromise: <T>(promise: Promise<T>, context?: unknown): Promise<T> => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  },
});
