import { renditionStates } from "../../../contract/states";
import { COMMON_PARAMETERS } from "../batch/jobArguments";
import { literal } from "../jsonata/code";
import type { WorkflowRendition, WorkflowSettings } from "../settings/settings";
import type { BranchDescription, BranchStep } from "./branch";

/** Encodes the parts of one rendition, one after the other. */
export function transcodeRendition(settings: WorkflowSettings, rendition: WorkflowRendition): BranchDescription {
  const states = renditionStates(rendition.name);
  const steps = settings.parts.map(({ queue }, index): BranchStep => {
    const part = index + 1;
    const name = states.transcode(part);
    return {
      name,
      check: states.check(part),
      job: {
        ...{ job: "transcode", queue, name, track: rendition },
        parameters: { ...COMMON_PARAMETERS, rendition: rendition.name, part: String(part) },
        ...(settings.usesWorkerPlan ? { chunksOfPart: part } : {}),
      },
    };
  });
  const omission = { missing: { rendition: literal(rendition.name) } };
  return { states, steps, onFailure: settings.continueOnRenditionFailure ? omission : "failVideo" };
}
