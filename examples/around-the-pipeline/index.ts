import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

// Steps before and after the pipeline belong in a state machine around it, because every change of the arguments regenerates
// the pipeline's own. This one enters a finished video into a catalogue.
const catalogue = new aws.dynamodb.Table("catalogue", {
  attributes: [{ name: "video", type: "S" }],
  hashKey: "video",
  billingMode: "PAY_PER_REQUEST",
  pointInTimeRecovery: { enabled: true },
});

const pipeline = new VideoBatchPipeline("videos", {
  jobs: {
    // Your own container, which looks the video up in the catalogue.
    features: {
      image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/scenes:7",
      command: ["scenes", "--video", "Ref::input", "--out", "Ref::output"],
      environment: { CATALOGUE: catalogue.name },
    },
  },
});

// Your own statement, for that job.
new aws.iam.RolePolicy("videos-reads-catalogue", {
  role: pipeline.jobRoleArn.apply((arn) => arn.split("/").at(-1) as string),
  policy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["dynamodb:GetItem"], Resource: [catalogue.arn] }],
  },
});

const logs = new aws.cloudwatch.LogGroup("publisher-logs", {
  namePrefix: "/aws/vendedlogs/states/publisher-",
  retentionInDays: 30,
});

/** Step Functions can assume it only for state machines of this account and region. */
const role = new aws.iam.Role("publisher-role", {
  assumeRolePolicy: pipeline.stateMachineArn.apply((arn): aws.iam.PolicyDocument => {
    const [, , , , account = ""] = arn.split(":");
    return {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "states.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": arn.replace(/:stateMachine:.*/, ":stateMachine:*") },
          },
        },
      ],
    };
  }),
});

/** To wait for an execution, Step Functions is notified of its end by a rule. It also stops the execution when it is stopped itself. */
const policy = new aws.iam.RolePolicy("publisher-policy", {
  role: role.name,
  policy: pipeline.stateMachineArn.apply((arn): aws.iam.PolicyDocument => {
    const [, partition, , region, account] = arn.split(":");
    const rule = "StepFunctionsGetEventsForStepFunctionsExecutionRule";
    return {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["states:StartExecution"], Resource: [arn] },
        {
          Effect: "Allow",
          Action: ["states:DescribeExecution", "states:StopExecution"],
          Resource: [`${arn.replace(":stateMachine:", ":execution:")}:*`],
        },
        {
          Effect: "Allow",
          Action: ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
          Resource: [`arn:${partition}:events:${region}:${account}:rule/${rule}`],
        },
        { Effect: "Allow", Action: ["dynamodb:PutItem"], Resource: [catalogue.arn] },
        // Step Functions needs this to write its logs. There is no narrower form.
        {
          Effect: "Allow",
          Action: [
            ...["CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries"],
            ...["PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"],
          ].map((action) => `logs:${action}`),
          Resource: ["*"],
        },
      ],
    };
  }),
});

export const publisher = new aws.sfn.StateMachine(
  "publisher",
  {
    roleArn: role.arn,
    loggingConfiguration: { level: "ERROR", logDestination: pulumi.interpolate`${logs.arn}:*` },
    definition: pulumi.jsonStringify({
      QueryLanguage: "JSONata",
      StartAt: "Transcode",
      States: {
        "Transcode": {
          Type: "Task",
          Resource: "arn:aws:states:::states:startExecution.sync:2",
          Arguments: {
            StateMachineArn: pipeline.stateMachineArn,
            Input: {
              input: "{% $states.input.video %}",
              // Links the two executions in the console.
              AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: "{% $states.context.Execution.Id %}",
            },
          },
          Output: "{% $states.result.Output %}",
          Next: "Enter into the Catalogue",
        },
        "Enter into the Catalogue": {
          Type: "Task",
          Resource: "arn:aws:states:::dynamodb:putItem",
          Arguments: {
            TableName: catalogue.name,
            Item: {
              video: { S: "{% $states.context.Execution.Input.video %}" },
              output: { S: "{% $string($states.input) %}" },
            },
          },
          End: true,
        },
      },
    }),
  },
  { dependsOn: [policy] },
).arn;
