import { arn, type ResourceType } from "../resourceType";

export const FUNCTIONS: Record<string, ResourceType> = {
  "aws:lambda/function:Function": {
    name: "name",
    replacedBy: ["name", "packageType", "fileSystemConfig"],
    outputs: ({ name, region }) => ({
      invokeArn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn("lambda", region, `function:${name}`)}/invocations`,
      version: "$LATEST",
    }),
  },
};
