import { MetricAlarm } from "@pulumi/aws/cloudwatch";
import { Topic, TopicPolicy } from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { VideoBatchPipeline } from "video-batch-pipeline";

export interface VideoArchiveArgs {
  /** E-mail addresses that are notified of finished and failed videos. */
  editors: string[];
  /** ARN of the topic of the people on call. */
  onCallTopicArn: pulumi.Input<string>;
}

/** The archive's topic, a pipeline that publishes to it, and an alarm for the people on call. */
export class VideoArchive extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string | undefined>;
  readonly stateMachineArn: pulumi.Output<string>;
  readonly whatDestroyDoes: pulumi.Output<string>;

  constructor(name: string, { editors, onCallTopicArn }: VideoArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("video-archive:index:VideoArchive", name, {}, opts);
    const notices = new Topic(`${name}-notices`, { kmsMasterKeyId: "alias/aws/sns" }, { parent: this });

    const pipeline = new VideoBatchPipeline(
      name,
      {
        renditions: [
          { name: "1080p", height: 1080 },
          { name: "480p", height: 480 },
        ],
        storage: { outputPrefix: "published/", protect: true },
        notifications: { topicArn: notices.arn, emailAddresses: editors },
        tags: { project: "archive" },
      },
      { parent: this },
    );
    new TopicPolicy(`${name}-notices-policy`, { arn: notices.arn, policy: pipeline.topicPolicy }, { parent: this });
    new MetricAlarm(
      `${name}-failures`,
      {
        namespace: "AWS/States",
        metricName: "ExecutionsFailed",
        dimensions: { StateMachineArn: pipeline.stateMachineArn },
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        treatMissingData: "notBreaching",
        alarmActions: [onCallTopicArn],
      },
      { parent: this },
    );
    this.bucketName = pipeline.bucketName;
    this.stateMachineArn = pipeline.stateMachineArn;
    this.whatDestroyDoes = pipeline.whatDestroyDoes;
    this.registerOutputs({ bucketName: this.bucketName, stateMachineArn: this.stateMachineArn });
  }
}
