import * as aws from "@pulumi/aws";

// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";
import { createStateMachine } from "../express-ingest/stateMachine";
import { runExecutions } from "../express-ingest/statements";

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

export const publisher = createStateMachine("publisher", {
  type: "STANDARD",
  besideArn: pipeline.stateMachineArn,
  definition: {
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
  },
  statements: [
    ...runExecutions(pipeline.stateMachineArn),
    { Effect: "Allow", Action: ["dynamodb:PutItem"], Resource: [catalogue.arn] },
  ],
}).arn;
