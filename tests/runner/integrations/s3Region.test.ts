import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findRegion } from "../../../runner/integrations/s3Region";
import { useEnvironment } from "../../support/useEnvironment";

describe("the region of this machine", () => {
  const setEnvironment = useEnvironment();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "region-"));
    setEnvironment({
      ...{ AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined, AWS_PROFILE: undefined },
      ...{ AWS_ENDPOINT_URL: undefined, AWS_ENDPOINT_URL_S3: undefined },
      ...{ AWS_CONFIG_FILE: join(folder, "config"), AWS_SHARED_CREDENTIALS_FILE: join(folder, "keys") },
    });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is in the environment", async () => {
    setEnvironment({ AWS_REGION: "eu-west-1" });
    assert.equal(await findRegion(), "eu-west-1");
  });

  it("is in the profile", async () => {
    writeFileSync(join(folder, "config"), "[profile work]\nregion = ap-southeast-2\n");
    setEnvironment({ AWS_PROFILE: "work" });
    assert.equal(await findRegion(), "ap-southeast-2");
  });

  it("is never guessed", async () => {
    await assert.rejects(findRegion(), {
      name: "UsageError",
      message:
        "No AWS region is configured for S3 (Region is missing). Set AWS_REGION, or choose a profile that has one with AWS_PROFILE.",
    });
  });
});
