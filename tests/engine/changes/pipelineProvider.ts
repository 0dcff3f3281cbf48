import { main } from "@pulumi/pulumi/provider";

import { VideoBatchPipeline } from "../../../index";

/** The component in a process of its own, as for programs in other languages. */
void main(
  {
    version: "0.0.1",
    construct: (name, _type, inputs, opts) => {
      const { urn, stateMachineArn } = new VideoBatchPipeline(name, inputs, opts);
      return Promise.resolve({ urn, state: { stateMachineArn } });
    },
  },
  process.argv.slice(2),
);
