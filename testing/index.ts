/**
 * Functions for tests of programs that contain a pipeline: `import … from "video-batch-pipeline/testing"`. They never call
 * AWS, and need neither the Pulumi CLI nor provider plugins.
 */
export { synthesise } from "../runner/synthesis/synthesis";
export type {
  ResourceOptionsRecord,
  SynthesisedResource,
  Synthesis,
  SynthesisOptions,
} from "../runner/synthesis/synthesis";
export { synthesiseFolder } from "./folder";
export { childrenOf, parentOf, resourceNamed, resourcesOfType } from "./resources";
export { definitionOf, stateNamed, statesOf } from "./definition";
export { runScripted } from "./scriptedRun";
export type { ScriptedAttempt, ScriptedMediaConvert, ScriptedRunOptions } from "./scriptedRun";
export type { TestVideo } from "./plan";
export type { DecideOutcome } from "../runner/integrations/mediaConvert";
export type {
  MediaConvertError,
  MediaConvertJob,
  MediaConvertOutcome,
  MediaConvertStatus,
} from "../runner/mediaConvert/job";
export type { QueueMessage } from "../runner/integrations/sqs";
export type { Script } from "../runner/batch/launchers/scriptedLauncher";
export type {
  Catcher,
  ChoiceRule,
  ChoiceState,
  FailState,
  Json,
  JsonObject,
  MapState,
  NumberOrExpression,
  ParallelState,
  PassState,
  Retrier,
  State,
  StateMachineDefinition,
  SubMachine,
  SucceedState,
  TaskState,
  WaitState,
} from "../contract/asl";
export type { Damage } from "../contract/damage";
export type { DamageSummary } from "../contract/damageReport";
export type { ExecutionStatus, StateOutcome } from "../contract/events";
export type {
  AttemptRecord,
  EarlierRun,
  JobRecord,
  LocalPrograms,
  MediaProgramRecord,
  EventRecord,
  NotificationRecord,
  PlayableRecord,
  ProgramRecord,
  ProgramStart,
  Run,
  RunFailure,
  RunRecord,
  RunStart,
  StateRecord,
} from "../contract/run";
