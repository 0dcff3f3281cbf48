import aws from "@pulumi/aws/package.json";
import awsx from "@pulumi/awsx/package.json";
import dockerBuild from "@pulumi/docker-build/package.json";

/** The versions of the providers that stand-ins take the place of: those that the SDKs here ask for. */
export const VERSIONS = { "aws": aws.version, "awsx": awsx.version, "docker-build": dockerBuild.version };
