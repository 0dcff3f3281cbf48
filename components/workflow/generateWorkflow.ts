import type { StateMachineDefinition } from "./asl";
import { EXTRACT_METADATA, extractMetadata } from "./extractMetadata";
import { NOTIFY_SUCCESS, notifyFailure, notifySuccess } from "./notify";
import { PACKAGE_VIDEO, packageVideo } from "./packageVideo";
import { merged, type Statement } from "./permissions";
import { PROCESS_VIDEO, processVideo } from "./processVideo";
import { READ_PLAN, readPlan } from "./readPlan";
import type { WorkflowArns, WorkflowSettings } from "./settings";

export interface GeneratedWorkflow {
  definition: StateMachineDefinition;
  /** What the state machine's role must be allowed, and nothing else. */
  statements: Statement[];
}

/** The state machine of a pipeline. Pure: the same settings and ARNs give the same definition. */
export function generateWorkflow(settings: WorkflowSettings, arns: WorkflowArns): GeneratedWorkflow {
  const { followsPlan, jobs } = settings;
  const built = [
    extractMetadata(settings, arns, followsPlan ? READ_PLAN : PROCESS_VIDEO),
    ...(followsPlan ? [readPlan(settings, arns, PROCESS_VIDEO)] : []),
    processVideo(settings, arns, jobs.package ? PACKAGE_VIDEO : NOTIFY_SUCCESS),
    ...(jobs.package ? [packageVideo(settings, arns, jobs.package, NOTIFY_SUCCESS)] : []),
    notifySuccess(settings, arns),
    notifyFailure(settings, arns),
  ];
  return {
    definition: {
      Comment: `Video batch pipeline "${settings.name}"`,
      QueryLanguage: "JSONata",
      StartAt: EXTRACT_METADATA,
      TimeoutSeconds: settings.timeoutSeconds,
      States: Object.assign({}, ...built.map(({ states }) => states)) as StateMachineDefinition["States"],
    },
    statements: merged(built.flatMap(({ statements }) => statements)),
  };
}
