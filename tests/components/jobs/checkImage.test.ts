import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { findProblems } from "../../../components/checks";
import { checkBundle } from "../../../components/jobs/checkImage";
import { normalise } from "../../../components/settings";
import type { VideoBatchPipelineArgs } from "../../../index";
import { bundleWorker } from "../../support/pipeline";

const own = { image: "alpine", command: ["true"] };

describe("the check of the worker's image", () => {
  it("wants the worker's bundle only where the image is built", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bundle-"));
    try {
      const bundle = path.join(folder, "worker.cjs");
      const built = normalise("videos", {}).jobs;
      const reasonsOf = (jobs: typeof built): string[] => checkBundle(jobs, bundle).map(({ reason }) => reason);
      assert.deepEqual(reasonsOf(built), [
        `image.uri must be given when the worker's bundle ${bundle} is missing, because the image can't be built without it. Received nothing. Build the bundle with \`node scripts/bundle-worker.mjs\`, or name an existing image.`,
      ]);
      assert.deepEqual(
        reasonsOf(normalise("videos", { jobs: { metadata: own, features: own, transcode: own } }).jobs),
        [],
      );
      assert.deepEqual(reasonsOf(normalise("videos", { image: { uri: "ours:1" } }).jobs), []);
      fs.writeFileSync(bundle, "");
      assert.deepEqual(reasonsOf(built), []);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it("looks for the bundle that is built here", () => {
    bundleWorker();
    assert.deepEqual(findProblems("videos", {}), []);
  });

  for (const uri of ["", "ours:1 latest", " ours", "https://ecr.aws/ours", "ours:1:2", `ours:${"1".repeat(251)}`]) {
    it(`refuses ${JSON.stringify(uri).slice(0, 40)}`, () => {
      assert.deepEqual(
        findProblems("videos", { image: { uri } }).map(({ reason }) => reason),
        [
          `image.uri must be the URI of a container image, with at most 255 characters. Received ${JSON.stringify(uri)}. Use a URI such as public.ecr.aws/docker/library/alpine:3.22, without https:// and without spaces.`,
        ],
      );
    });
  }

  const wrong: [VideoBatchPipelineArgs, string][] = [
    [
      { image: { baseImage: "https://hub.docker.com/_/node" } },
      'image.baseImage must be the URI of a container image, with at most 255 characters. Received "https://hub.docker.com/_/node". Use a URI such as public.ecr.aws/docker/library/node:24.19.0-trixie-slim, without https:// and without spaces.',
    ],
    [
      { image: { uri: "ours:1", rebuild: "CVE-2026-1" } },
      'image.rebuild must not be given together with image.uri. Received "CVE-2026-1". Remove it to use your image, or remove image.uri to build one.',
    ],
    [
      { image: { uri: "ours:1", baseImage: "node:24" } },
      'image.baseImage must not be given together with image.uri. Received "node:24". Remove it to use your image, or remove image.uri to build one.',
    ],
    [
      { image: { rebuild: "2026-11-29" }, jobs: { metadata: own, features: own, transcode: own } },
      'image.rebuild must not be given when no job uses the worker\'s image. Received "2026-11-29". Remove it: no image is built.',
    ],
  ];
  for (const [args, reason] of wrong) {
    it(`says: ${reason.slice(0, 80)}`, () => {
      bundleWorker();
      assert.deepEqual(
        findProblems("videos", args).map((problem) => problem.reason),
        [reason],
      );
    });
  }

  for (const uri of [
    ...["alpine", "team/ours:v1.2_3", "localhost:5000/ours", "public.ecr.aws/docker/library/alpine:3.22"],
    `123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/ours:1@sha256:${"0a".repeat(32)}`,
  ]) {
    it(`takes ${uri.slice(0, 60)}`, () => assert.deepEqual(findProblems("videos", { image: { uri } }), []));
  }
});
