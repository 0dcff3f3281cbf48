import { ExitListeners } from "./exitListeners";
import { OwnWork } from "./ownWork";
import type { Program } from "./program";
import { loadProgramSdk } from "./sdkRun";
import { SourceTraces } from "./sourceTraces";
import { record, type Synthesis } from "./synthesis";

/** Evaluates a program by what Pulumi's SDK does with it, to the point where its process would exit. */
export async function evaluate(program: Program): Promise<Synthesis> {
  const { sdk, run } = loadProgramSdk(program);
  const work = new OwnWork();
  const listeners = new ExitListeners();
  const traces = new SourceTraces();
  try {
    return await record(sdk, program, {
      run: () => work.run(() => run(() => traces.postpone())),
      end: async () => {
        await work.end();
        work.run(() => listeners.call());
        await work.end();
      },
    });
  } catch (error) {
    traces.format(error);
    throw error;
  } finally {
    traces.stop();
    listeners.stop();
    work.stop();
  }
}
