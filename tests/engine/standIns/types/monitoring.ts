import { hex, type ResourceType } from "../resourceType";

export const MONITORING: Record<string, ResourceType> = {
  "aws:cloudwatch/dashboard:Dashboard": { name: "dashboardName", replacedBy: ["dashboardName"] },
  "aws:cloudwatch/eventRule:EventRule": { name: "name", replacedBy: ["name", "namePrefix", "eventBusName"] },
  "aws:cloudwatch/eventTarget:EventTarget": {
    replacedBy: ["rule", "targetId", "eventBusName"],
    outputs: () => ({ targetId: `terraform-${hex(20)}` }),
  },
  "aws:cloudwatch/logGroup:LogGroup": { name: "name", replacedBy: ["name", "namePrefix", "logGroupClass"] },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    name: "name",
    uniqueIn: { input: "logGroupName" },
    replacedBy: ["name", "logGroupName"],
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { replacedBy: ["policyName"], writesTo: "policyName" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { name: "name", replacedBy: ["name"] },
};
