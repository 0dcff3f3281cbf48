import type { Synthesis, SynthesisedResource } from "../../../testing";
import { statementsOf, type Statement } from "../../support/aws/iam";

export type Inputs = Record<string, unknown>;

export interface Rule {
  /** What has to hold, as a sentence. */
  rule: string;
  /** Where AWS says so. */
  source: string;
  /** The resources that it is about: the last word of their type. */
  types: string[];
  /** How it is broken: a type, what is changed of the inputs of one of them, and what has to be found then. */
  breaks: [type: string, change: (inputs: Inputs) => Inputs, violation: string];
  /** What is against it. Nothing when it holds. */
  violations: (inputs: Inputs, resource: SynthesisedResource, synthesis: Synthesis) => string[];
}

/** A control of AWS Security Hub. */
export const hub = (service: string, id: string): string =>
  `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${id}`;

export const unless = (holds: boolean, violation: string): string[] => (holds ? [] : [violation]);

export const policyOf = ({ policy, policyDocument }: Inputs): Statement[] => statementsOf(policy ?? policyDocument);

/** Instead of a policy, one with only this statement. */
export const onlyStatement =
  (statement: object): Rule["breaks"][1] =>
  () => ({ policy: { Version: "2012-10-17", Statement: [statement] } });

export const ALLOWS_ALL = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" };
