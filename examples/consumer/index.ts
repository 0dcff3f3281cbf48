import * as pulumi from "@pulumi/pulumi";

import { VideoArchive } from "./archive";

const config = new pulumi.Config();
const archive = new VideoArchive("archive", {
  editors: config.requireObject<string[]>("editors"),
  onCallTopicArn: config.require("onCallTopicArn"),
});

export const bucketName = archive.bucketName;
export const stateMachineArn = archive.stateMachineArn;
export const whatDestroyDoes = archive.whatDestroyDoes;
