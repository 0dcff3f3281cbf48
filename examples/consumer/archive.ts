import { MetricAlarm } from "@pulumi/aws/cloudwatch";
import { Bucket } from "@pulumi/aws/s3";
import { Topic } from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { VideoBatchPipeline } from "video-batch-pipeline";

export interface VideoArchiveArgs {
  /** E-mail addresses that hear of finished and failed videos. */
  editors: string[];
}

/** The archive's bucket and topic, a pipeline that uses both, and an alarm for the people on call. */
export class VideoArchive extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly stateMachineArn: pulumi.Output<string>;

  constructor(name: string, { editors }: VideoArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("video-archive:index:VideoArchive", name, {}, opts);
    const bucket = new Bucket(`${name}-bucket`, {}, { parent: this, protect: true });
    const notices = new Topic(`${name}-notices`, {}, { parent: this });
    const onCall = new Topic(`${name}-on-call`, {}, { parent: this });

    const pipeline = new VideoBatchPipeline(
      name,
      {
        renditions: [
          { name: "1080p", height: 1080 },
          { name: "480p", height: 480 },
        ],
        storage: { bucket: bucket.bucket, outputPrefix: "published/" },
        notifications: { topicArn: notices.arn, emailAddresses: editors },
        tags: { project: "archive" },
      },
      { parent: this },
    );
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
        alarmActions: [onCall.arn],
      },
      { parent: this },
    );
    this.bucketName = bucket.bucket;
    this.stateMachineArn = pipeline.stateMachineArn;
    this.registerOutputs({ bucketName: this.bucketName, stateMachineArn: this.stateMachineArn });
  }
}
