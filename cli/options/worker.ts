import path from "node:path";

/** The bundled worker has the same relative path in the published package and in this repository. */
export const WORKER = path.resolve(__dirname, "../../worker/dist/worker.cjs");
