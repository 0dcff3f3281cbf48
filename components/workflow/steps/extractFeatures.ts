import { FEATURES_STATES } from "../../../contract/states";
import { COMMON_PARAMETERS } from "../batch/jobArguments";
import type { WorkflowSettings } from "../settings/settings";
import type { BranchDescription } from "./branch";

export function extractFeatures({ lastQueue, continueOnFeaturesFailure }: WorkflowSettings): BranchDescription {
  const { extract, check } = FEATURES_STATES;
  return {
    states: FEATURES_STATES,
    steps: [
      {
        name: extract,
        check,
        job: { job: "features", queue: lastQueue, name: "ExtractFeatures", parameters: COMMON_PARAMETERS },
      },
    ],
    onFailure: continueOnFeaturesFailure ? { missing: { features: "true" } } : "failVideo",
  };
}
