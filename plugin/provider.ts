import { createRequire } from "node:module";

import * as pulumi from "@pulumi/pulumi";

import schema from "../components/schema.json";
import type * as library from "../index";

const TYPE = "video-batch-pipeline:index:VideoBatchPipeline";

/** What Pulumi's engine asks a plugin for: the schema of the package, and components for programs in other languages. */
export class PipelineProvider implements pulumi.provider.Provider {
  /** As generated and tested here. Pulumi's own host of components would analyse the sources at each start, for 12 seconds. */
  readonly schema: string;

  constructor(readonly version: string) {
    this.schema = JSON.stringify({ ...schema, version });
  }

  construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<pulumi.provider.ConstructResult> {
    if (type !== TYPE) throw new Error(`${type} isn't a resource of this package. Use ${TYPE}.`);
    const pipeline = messageOnly(() => new (loadComponent())(name, inputs, options));
    const outputs = Object.keys(schema.resources[TYPE].properties);
    const state = Object.fromEntries(outputs.map((output) => [output, Reflect.get(pipeline, output) as unknown]));
    return Promise.resolve({ urn: pipeline.urn, state });
  }
}

/** Loaded on demand, so that a request for the schema does not wait for the component and the AWS packages. */
function loadComponent(): typeof library.VideoBatchPipeline {
  return (createRequire(__filename)("../index") as typeof library).VideoBatchPipeline;
}

/** The engine would print the problems again after a message that lists them, along with values that may be confidential. */
function messageOnly<T>(create: () => T): T {
  try {
    return create();
  } catch (error) {
    throw pulumi.InputPropertiesError.isInstance(error) ? new Error(error.message) : error;
  }
}

export function serve(version: string): void {
  void pulumi.provider.main(new PipelineProvider(version), process.argv.slice(2));
}
