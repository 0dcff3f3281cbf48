import path from "node:path";

/** The one-file worker, beside the compiled command line as in this repository. */
export const WORKER = path.resolve(__dirname, "..", "worker", "dist", "worker.cjs");
