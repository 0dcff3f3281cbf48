import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { version } from "@pulumi/pulumi/version";

describe("the CLI and the host for Python that are built from Go", () => {
  for (const module of ["../cli", "python"]) {
    it(`have the version of the SDK: ${module}/go.mod`, () => {
      const requirements = readFileSync(path.join(__dirname, module, "go.mod"), "utf8");
      for (const part of ["pkg", "sdk"]) {
        assert.match(requirements, new RegExp(`\\sgithub.com/pulumi/pulumi/${part}/v3 v${version}(\\s|$)`));
      }
    });
  }
});
