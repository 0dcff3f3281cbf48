import * as pulumi from "@pulumi/pulumi";

import { VideoArchive } from "./archive";

const archive = new VideoArchive("archive", { editors: new pulumi.Config().requireObject<string[]>("editors") });

export const bucketName = archive.bucketName;
export const stateMachineArn = archive.stateMachineArn;
