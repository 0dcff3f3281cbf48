import { randomBytes } from "node:crypto";

import { ACCOUNT } from "../../../runner/synthesis/mockedAws";

export type Properties = Record<string, unknown>;

/** A resource that is being made. */
export interface Making {
  /** Its name in AWS, where its type has one. */
  name: string;
  id: string;
  region: string;
  inputs: Properties;
  /** Revision of a job definition, version of a launch template: how often it was made or changed. */
  revision: number;
}

/** A resource in the account. */
export interface Existing extends Making {
  type: string;
  urn: string;
  outputs: Properties;
}

/** What a stand-in knows of a type of resources. Everything else is the same for all types. */
export interface ResourceType {
  /** The input with the name in AWS, which the provider makes up if there is none. */
  name?: string;
  /** Within what a name is unique, if not within the region: the account, or the value of another input. */
  uniqueIn?: "account" | { input: string };
  /** True where several resources can have a name, such as the revisions of a job definition. */
  sharesNames?: true;
  /** The input that names what is written to. A second resource with the same value would overwrite the first. */
  writesTo?: string;
  /** Inputs that can't change in place. */
  replacedBy: string[];
  /** Whether a change at a path of the inputs can't be made in place, where it depends on more than the path. */
  isReplacedBy?: (path: string, old: Properties, now: Properties) => boolean;
  /** The id, if it isn't the name. */
  id?: (making: Omit<Making, "id">) => string;
  idIsArn?: true;
  /** Outputs besides the inputs, the name and the ARN. */
  outputs?: (making: Making) => Properties;
  /** Outputs that every update changes, so that a preview of an update doesn't know them. */
  changing?: string[];
}

/** An input as text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function hex(length: number): string {
  return randomBytes(length).toString("hex").slice(0, length);
}

export function arn(service: string, region: string, resource: string): string {
  return `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
}

/** A type whose resources have ids such as `sg-0123`. */
export function identified(prefix: string, ...replacedBy: string[]): ResourceType {
  return { replacedBy, id: () => `${prefix}-${hex(17)}` };
}

/** Settings of another resource, of which there is one. */
export function settingsOf(input: string): ResourceType {
  return { replacedBy: [input], id: ({ inputs }) => String(inputs[input]), writesTo: input };
}
