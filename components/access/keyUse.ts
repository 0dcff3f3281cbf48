import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import { serviceDomain } from "../context/serviceDomain";
import { allow } from "./statements";

type KeyAction = "kms:Decrypt" | "kms:GenerateDataKey";

export const READ_AND_WRITE: KeyAction[] = ["kms:Decrypt", "kms:GenerateDataKey"];

export interface KeyUse {
  sid: string;
  actions: KeyAction[];
  keyArn: pulumi.Input<string>;
  /** The service through which alone the key may be used. */
  service: "s3" | "sns" | "sqs";
}

/** Allows a role to use a key through one service, and for nothing else. */
export function allowKeyVia(
  { location }: Pick<Context, "location">,
  { sid, actions, keyArn, service }: KeyUse,
): iam.PolicyStatement {
  const endpoint = location.apply(({ region, partition }) => `${service}.${region}.${serviceDomain(partition)}`);
  return { ...allow(sid, actions, [keyArn]), Condition: { StringEquals: { "kms:ViaService": endpoint } } };
}
