import { installHost } from "../hosts/goHosts";
import { describeLanguage } from "./language";

describeLanguage({
  name: "YAML",
  example: "yaml",
  install: () => {
    installHost("yaml");
    return {};
  },
  mistakes: {
    file: "Pulumi.yaml",
    edits: [
      ["height: 480", "height: 30"],
      ["project: archive", '"aws:project": archive'],
    ],
  },
  outputs: {
    stateMachineArn: "stateMachineArn",
    bucketName: "bucketName",
    whatDestroyDoes: "whatDestroyDoes",
  },
});
