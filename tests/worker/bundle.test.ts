import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { access, constants, readFile } from "node:fs/promises";
import { promisify } from "node:util";

import { clipDirectory } from "../support/clips";
import { HELP } from "../../worker/commandLine";
import { buildWorker } from "./workerProcess";

describe("the worker's bundle", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("is one executable that needs nothing beside it", async () => {
    const bundle = await buildWorker(path);
    await access(bundle, constants.X_OK);
    const { stdout } = await promisify(execFile)(bundle, ["--help"], { cwd: "/" });
    assert.equal(stdout, HELP);
  });

  it("is all that the image's context holds", async () => {
    const [dockerfile, ignored] = await Promise.all(
      ["Dockerfile", ".dockerignore"].map((name) => readFile(`${__dirname}/../../worker/${name}`, "utf8")),
    );
    assert.equal(ignored, "*\n!dist\ndist/*\n!dist/worker.cjs\n");
    assert.match(dockerfile ?? "", /^COPY --chmod=755 dist\/worker.cjs \/usr\/local\/bin\/worker$/m);
    assert.match(dockerfile ?? "", /^USER 10001$/m);
    assert.match(dockerfile ?? "", /^ENTRYPOINT \[\]$/m);
  });
});
