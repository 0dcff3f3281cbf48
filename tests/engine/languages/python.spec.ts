import { installHost } from "../hosts/goHosts";
import { describeLanguage } from "./language";
import { pipSettings, requirePython } from "./tools";

describeLanguage({
  name: "Python",
  example: "python",
  install: (test) => {
    requirePython(test);
    installHost("python");
    return pipSettings();
  },
  mistakes: {
    file: "__main__.py",
    edits: [
      ['"height": 480', '"height": 30'],
      ['"project": "archive"', '"aws:project": "archive"'],
    ],
  },
  outputs: {
    stateMachineArn: "state_machine_arn",
    bucketName: "bucket_name",
    whatDestroyDoes: "what_destroy_does",
  },
});
