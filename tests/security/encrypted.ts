import { resourcesOfType as ofType, type Synthesis } from "../../testing";
import type { Call } from "../support/aws/iam";

export const COMPONENT = "video-batch-pipeline:index:VideoBatchPipeline";

const BUCKET_ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** Keys that are not AWS's own, which ask for no permission. */
export function isOwnKey(key: unknown): key is string {
  return typeof key === "string" && key.startsWith("arn:");
}

/** The key of the bucket for videos and outputs: that of the bucket that is made, or of one that was there before. */
export function bucketKey(synthesis: Synthesis): unknown {
  const rules = ofType(synthesis, BUCKET_ENCRYPTION)[0]?.inputs["rules"] as
    { applyServerSideEncryptionByDefault: { kmsMasterKeyId?: string } }[] | undefined;
  if (rules) return rules[0]?.applyServerSideEncryptionByDefault.kmsMasterKeyId;
  return argumentOf(synthesis, "encryption", "kmsKeyArn");
}

/** Keys of a topic, made or not. */
export function topicKeys(synthesis: Synthesis, topicArn: string): string[] {
  const topic = ofType(synthesis, "aws:sns/topic:Topic").find(({ outputs }) => outputs["arn"] === topicArn);
  const key = topic ? topic.inputs["kmsMasterKeyId"] : argumentOf(synthesis, "notifications", "topicKeyArn");
  return isOwnKey(key) ? [key] : [];
}

/** A service that uses a key on behalf of a role. */
export function throughKey(key: unknown, service: string): Call[] {
  if (!isOwnKey(key)) return [];
  const [, , , region] = key.split(":");
  const context = { "kms:ViaService": `${service}.${region}.amazonaws.com` };
  return ["kms:Decrypt", "kms:GenerateDataKey"].map((action) => ({ action, resource: key, context }));
}

function argumentOf(synthesis: Synthesis, group: string, name: string): unknown {
  return (ofType(synthesis, COMPONENT)[0]?.inputs[group] as Record<string, unknown> | undefined)?.[name];
}
