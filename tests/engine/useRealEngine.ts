import { startRealEngine, type RealEngine } from "./realEngine";

/** Gives the tests of a suite an engine, whose account has these ARNs besides what programs make. */
export function useRealEngine(others: Iterable<string> = []): () => RealEngine {
  let engine: RealEngine | undefined;
  before(async function () {
    engine = await startRealEngine(this);
    for (const arn of others) engine.account.others.add(arn);
  });
  after(() => engine?.stop());
  return () => engine!;
}
