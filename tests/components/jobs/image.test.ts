import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../../index";
import { resourcesOfType, synthesise, type SynthesisedResource } from "../../../testing";
import { bundleWorker, named, synthesisePipeline } from "../../support/pipeline";

const WORKER = path.join(__dirname, "..", "..", "..", "worker");
const BUNDLE = path.join(WORKER, "dist", "worker.cjs");

const imageOf = async (image?: VideoBatchPipelineArgs["image"]): Promise<SynthesisedResource> =>
  named(await synthesisePipeline({ image }), "videos-image");
const tagOf = async (image?: VideoBatchPipelineArgs["image"]): Promise<string> =>
  String((await imageOf(image)).inputs["imageTag"]);

/** awsx 3.9 makes a resource of Docker's provider in its component, whose name is the tag alone (pulumi/pulumi-awsx#1793). */
const urnOfChild = ({ urn, inputs }: SynthesisedResource): string =>
  `${urn.replace(/::[^:]+$/, "")}$docker-build:index:Image::${String(inputs["imageTag"])}`;

describe("the image that is built", () => {
  before(() => bundleWorker());

  it("has a context that is the same text on every machine", async () => {
    assert.equal((await imageOf()).inputs["context"], "worker");
    const elsewhere = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "program-")));
    const before = process.cwd();
    try {
      process.chdir(elsewhere);
      const context = String((await imageOf()).inputs["context"]);
      assert.match(context, /^\.\.\//);
      assert.equal(path.resolve(elsewhere, context), WORKER);
      process.chdir(WORKER);
      assert.equal((await imageOf()).inputs["context"], ".");
    } finally {
      process.chdir(before);
      fs.rmdirSync(elsewhere);
    }
  });

  it("has another URN in each pipeline of a stack, and for each architecture", async () => {
    const { resources } = await synthesise(() => {
      const computeEnvironments = [{ name: "arm", architecture: "arm64" as const }, { name: "x86" }];
      const queues = [
        { name: "high", priority: 2, environments: ["arm"] },
        { name: "low", priority: 1, environments: ["x86"] },
      ];
      for (const name of ["news", "films"]) new VideoBatchPipeline(name, { computeEnvironments, queues });
    });
    const urns = resources.filter(({ type }) => type === "awsx:ecr:Image").map(urnOfChild);
    assert.equal(urns.length, 4);
    assert.equal(new Set(urns).size, 4);
  });

  it("stays in the registry when the next one comes, until twenty later ones of its architecture have come", async () => {
    const synthesis = await synthesisePipeline();
    assert.equal(named(synthesis, "videos-image").options.retainOnDelete, true);
    const kept = async (args: VideoBatchPipelineArgs): Promise<unknown> => {
      const [repository] = resourcesOfType(await synthesisePipeline(args), "awsx:ecr:Repository");
      return (repository!.inputs["lifecyclePolicy"] as { rules: unknown }).rules;
    };
    assert.deepEqual(await kept({}), [
      { description: "Keep the 20 latest images", tagStatus: "any", maximumNumberOfImages: 20 },
    ]);
    const computeEnvironments = [{ name: "arm", architecture: "arm64" as const }, { name: "x86" }];
    const queues = [
      { name: "high", priority: 2, environments: ["arm"] },
      { name: "low", priority: 1, environments: ["x86"] },
    ];
    assert.deepEqual(await kept({ computeEnvironments, queues }), [
      { description: "Keep the 40 latest images", tagStatus: "any", maximumNumberOfImages: 40 },
    ]);
  });

  it("has a tag that changes with whatever it is built from, and with nothing else", async () => {
    const base = "node:24.19.0-trixie-slim@sha256:0a";
    const tags = [await tagOf(), await tagOf({ rebuild: "2026-11-29" }), await tagOf({ rebuild: "CVE-2026-1: ü/…" })];
    tags.push(await tagOf({ baseImage: base }), await tagOf({ rebuild: base }));
    assert.equal(new Set(tags).size, tags.length);
    // What a registry takes as a tag.
    for (const tag of tags) assert.match(tag, /^videos-linux-amd64-[0-9a-f]{16}$/);
    assert.equal(await tagOf(), tags[0]);
    assert.equal(await tagOf({ rebuild: "2026-11-29" }), tags[1]);
  });

  it("has another tag where the bundle has another mode, with which Docker's provider would push the same tag again", async () => {
    const tag = await tagOf();
    const { mode } = fs.statSync(BUNDLE);
    try {
      fs.chmodSync(BUNDLE, mode ^ 0o020);
      assert.notEqual(await tagOf(), tag);
    } finally {
      fs.chmodSync(BUNDLE, mode);
    }
  });

  it("passes on what it is built on, and a reason to build again, on which the installation of packages depends", async () => {
    assert.deepEqual((await imageOf()).inputs["args"], {});
    const image = { baseImage: "registry.example.com/node:24", rebuild: "CVE-2026-1" };
    assert.deepEqual((await imageOf(image)).inputs["args"], { BASE_IMAGE: image.baseImage, REBUILD: image.rebuild });
    const lines = fs.readFileSync(path.join(WORKER, "Dockerfile"), "utf8").split("\n");
    assert.deepEqual(
      lines.map((line) => /^(ARG|FROM|RUN|COPY|USER)\b.*/.exec(line)?.[0]).filter((line) => line !== undefined),
      [
        "ARG BASE_IMAGE=node:24.19.0-trixie-slim",
        "FROM ${BASE_IMAGE}",
        "ARG REBUILD=",
        "RUN apt-get update \\",
        "COPY --chmod=755 dist/worker.cjs /usr/local/bin/worker",
        "USER 10001",
      ],
    );
  });
});
