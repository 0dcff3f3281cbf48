import { writeFileSync } from "node:fs";
import * as path from "node:path";

import { version } from "@pulumi/pulumi/version";

import { BIN } from "../cli/installation";
import { installHost } from "../hosts/goHosts";
import { describeLanguage } from "./language";
import { requirePython } from "./tools";

describeLanguage({
  name: "Python",
  example: "python",
  install: (test) => {
    requirePython(test);
    installHost("python");
    // The newest SDK would come otherwise, and an engine that it was never tested with.
    const constraints = path.join(BIN, "constraints.txt");
    writeFileSync(constraints, `pulumi==${version}\n`);
    return { PIP_CONSTRAINT: constraints, PIP_CACHE_DIR: path.join(BIN, "..", "pip") };
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
