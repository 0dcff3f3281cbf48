import assert from "node:assert/strict";

import type { Json } from "../../../contract/asl";
import { findMismatches, withModels } from "../../../runner/integrations/serviceModel";
import { observe } from "../stateMachine/support";

const SUBMIT = "arn:aws:states:::batch:submitJob.sync";
const PUBLISH = "arn:aws:states:::sns:publish.waitForTaskToken";
const START = "arn:aws:states:::states:startExecution";
const SEND = "arn:aws:states:::sqs:sendMessage";
const SYNC = "arn:aws:states:::aws-sdk:sfn:startSyncExecution";
const LIST = "arn:aws:states:::aws-sdk:s3:listObjectsV2";
const GET = "arn:aws-cn:states:::aws-sdk:s3:getObject";
const job = { JobName: "n", JobQueue: "q", JobDefinition: "d" };

describe("the model of a service", () => {
  const rows: [string, Record<string, Json>, string[]][] = [
    [SUBMIT, job, []],
    [SUBMIT, { ...job, Parameters: { a: "1" }, ArrayProperties: { Size: 2 }, SchedulingPriorityOverride: 0 }, []],
    [SUBMIT, { ...job, Parameters: { a: 1 } }, ["The value for the field 'a' must be a STRING"]],
    [SUBMIT, { ...job, Parameters: { a: null } }, ["The value for the field 'a' must be a STRING"]],
    [SUBMIT, { ...job, ShareIdentifier: 7 }, ["The value for the field 'ShareIdentifier' must be a STRING"]],
    [SUBMIT, { ...job, ArrayProperties: { Size: 1.5 } }, ["The value for the field 'Size' must be an INTEGER"]],
    [SUBMIT, { ...job, ArrayProperties: [] }, ["The value for the field 'ArrayProperties' must be a STRUCTURE"]],
    [
      SUBMIT,
      { JobName: "n", ContainerOverrides: { Command: "do", Environment: [{ Name: 1 }], Cpus: 1 } },
      [
        "The field 'JobQueue' is required but was missing",
        "The field 'JobDefinition' is required but was missing",
        "The value for the field 'Command' must be an ARRAY",
        "The value for the field 'Name' must be a STRING",
        "The field 'Cpus' is not supported by Step Functions",
      ],
    ],
    [
      PUBLISH,
      { TopicArn: "t", Message: { any: 1 }, MessageAttributes: { s: { DataType: "String", StringValue: "x" } } },
      [],
    ],
    [PUBLISH, { TopicArn: "t" }, ["The field 'Message' is required but was missing"]],
    [
      PUBLISH,
      { Message: "m", MessageAttributes: { s: { StringValue: 1 } } },
      ["The field 'DataType' is required but was missing", "The value for the field 'StringValue' must be a STRING"],
    ],
    [START, { StateMachineArn: "a", Name: "n", Input: { any: [1] } }, []],
    [
      START,
      { Input: "{}", Name: null },
      ["The field 'StateMachineArn' is required but was missing", "The value for the field 'Name' must be a STRING"],
    ],
    [SEND, { QueueUrl: "u", MessageBody: { any: [1] }, MessageAttributes: { a: { DataType: "String" } } }, []],
    [
      SEND,
      { QueueUrl: "u", MessageBody: 1, DelaySeconds: "1" },
      ["The value for the field 'DelaySeconds' must be an INTEGER"],
    ],
    [GET, { Bucket: "b", Key: "k" }, []],
    [GET, { Bucket: "b", Key: null }, ["The value for the field 'Key' must be a STRING"]],
    [SYNC, { StateMachineArn: "a", Input: { any: [1] }, IncludedData: "ALL_DATA" }, []],
    [
      SYNC,
      { Input: 1, TraceHeader: 2 },
      [
        "The field 'StateMachineArn' is required but was missing",
        "The value for the field 'TraceHeader' must be a STRING",
      ],
    ],
    [LIST, { Bucket: "b", MaxKeys: "1" }, ["The value for the field 'MaxKeys' must be an INTEGER"]],
    ["arn:aws:states:::glue:startJobRun", { anything: 1 }, []],
  ];
  for (const [resource, args, expected] of rows) {
    it(`finds ${expected.length} mismatches in ${JSON.stringify(args).slice(0, 100)}`, () => {
      assert.deepEqual(findMismatches(resource, args), expected);
    });
  }

  it("fails an execution without a retry and without its catcher, also from inside a Parallel", async () => {
    const submit = { fields: ["JobName", "JobQueue", "JobDefinition", "Parameters"], run: () => Promise.resolve({}) };
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "Caught" }];
    const Task = {
      Type: "Task",
      Resource: SUBMIT,
      Arguments: { ...job, Parameters: { part: 1 } },
      Retry: [{ ErrorEquals: ["States.ALL"] }],
      End: true,
    };
    const machine = {
      StartAt: "Both",
      States: {
        Both: { Type: "Parallel", Branches: [{ StartAt: "Submit", States: { Submit: Task } }], Catch, End: true },
        Caught: { Type: "Succeed" },
      },
    };
    const { status, error, cause } = await observe(machine, {}, { handlers: withModels({ [SUBMIT]: submit }) });
    assert.deepEqual([status, error], ["FAILED", "States.Runtime"]);
    assert.equal(
      cause,
      `An error occurred while executing the state 'Submit'. The Parameters '${JSON.stringify(Task.Arguments)}' could not be used to start the Task: [The value for the field 'part' must be a STRING]`,
    );
  });
});
