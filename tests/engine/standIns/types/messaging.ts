import { ACCOUNT } from "../../../../runner/synthesis/mockedAws";
import { arn, hex, settingsOf, textOf, type ResourceType } from "../resourceType";

export const MESSAGING: Record<string, ResourceType> = {
  "aws:cloudwatch/eventBus:EventBus": { name: "name", replacedBy: ["name", "eventSourceName"] },
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": settingsOf("eventBusName"),
  "aws:scheduler/schedule:Schedule": {
    name: "name",
    uniqueIn: { input: "groupName" },
    replacedBy: ["name", "groupName"],
    outputs: ({ name, region, inputs }) => ({
      arn: arn("scheduler", region, `schedule/${textOf(inputs["groupName"]) ?? "default"}/${name}`),
    }),
  },
  "aws:scheduler/scheduleGroup:ScheduleGroup": { name: "name", replacedBy: ["name"] },
  "aws:sfn/stateMachine:StateMachine": {
    name: "name",
    replacedBy: ["name", "namePrefix", "type"],
    idIsArn: true,
    outputs: () => ({ revisionId: hex(8), status: "ACTIVE" }),
    changing: ["revisionId"],
  },
  "aws:sns/topic:Topic": { name: "name", replacedBy: ["name", "namePrefix", "fifoTopic"], idIsArn: true },
  "aws:sns/topicPolicy:TopicPolicy": settingsOf("arn"),
  "aws:sns/topicSubscription:TopicSubscription": {
    replacedBy: ["topic", "protocol", "endpoint"],
    outputs: ({ region, inputs }) => ({
      arn: arn("sns", region, `${String(inputs["topic"]).split(":").at(-1)}:${hex(8)}`),
    }),
  },
  "aws:sqs/queue:Queue": {
    name: "name",
    replacedBy: ["name", "namePrefix", "fifoQueue"],
    outputs: ({ name, region }) => ({ url: `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}` }),
  },
  "aws:sqs/queuePolicy:QueuePolicy": settingsOf("queueUrl"),
};
