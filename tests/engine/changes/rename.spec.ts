import { strict as assert } from "node:assert";

import type { VideoBatchPipelineArgs } from "../../../index";
import { bundleWorker } from "../../support/pipeline";
import { assertGone, assertNothingWrong } from "../assertions";
import { useRealEngine } from "../useRealEngine";
import { OTHERS, argsOfStack, EKS, pipeline, SMALL, withoutPaths } from "./pipelines";

const { storage, ...prod } = argsOfStack("prod");

/** Names with capital letters too, because awsx makes repositories with lower-case ones. */
const RENAMES: { what: string; from: string; to: string; args: VideoBatchPipelineArgs }[] = [
  { what: "of dev", from: "Encoder", to: "Videos", args: argsOfStack("dev") },
  {
    what: "of prod, with a key, schedules, shares and interface endpoints,",
    from: "encoder",
    to: "videos",
    args: {
      ...prod,
      storage: { ...storage, protect: false, retainOnDelete: false },
      network: { vpc: { enableInterfaceEndpoints: true } },
      encryption: { enableKey: true },
      notifications: { emailAddresses: ["a@example.com"] },
      trigger: { uploads: {}, schedules: [{ name: "news", expression: "rate(1 day)", input: "s3://masters/a.mp4" }] },
      queues: [
        { name: "high", priority: 100 },
        { name: "normal", priority: 10 },
        { name: "low", priority: 1, fairShare: { defaultShare: "standard" } },
      ],
    },
  },
  {
    what: "on EKS, with a volume claim,",
    from: "Encoder",
    to: "videos",
    args: {
      ...SMALL,
      image: {},
      computeEnvironments: [{ name: "nodes", eks: EKS }],
      jobs: { features: { pod: { claimMounts: [{ claimName: "models", path: "/models" }] } } },
    },
  },
];

/** The image has a tag with the pipeline's name. The old one stays in the repository. */
const IMAGES = /^(create|delete) Image (Encoder|encoder|Videos|videos)-linux-amd64-[0-9a-f]{16}$/;

describe("a pipeline that is renamed with an alias", () => {
  const engine = useRealEngine(OTHERS);
  before(bundleWorker);
  afterEach(() => assertNothingWrong(engine().account));

  /** Everything but images, by what identifies it in AWS. */
  const existing = (): string[] =>
    engine()
      .account.all()
      .filter(({ type }) => type !== "docker-build:index:Image")
      .map(({ type, id }) => `${type} ${id}`)
      .sort();

  for (const { what, from, to, args } of RENAMES) {
    it(`${what} keeps all that it has`, async () => {
      const stack = await engine().stack({
        name: `${from}-${to}`,
        project: to,
        program: pipeline(args, { name: from }),
      });
      assert.equal((await stack.up()).error, undefined);
      const before = existing();

      const renamed = pipeline(args, { name: to, aliases: [{ name: from }] });
      const preview = await stack.preview(renamed);
      const { error, steps } = await stack.up();
      assert.equal(error, undefined);
      assert.deepEqual(existing(), before);
      const made = (all: string[]): string[] => withoutPaths(all).filter((step) => !step.startsWith("update "));
      for (const all of [preview.steps, steps]) {
        assert.deepEqual(
          made(all).filter((step) => !IMAGES.test(step)),
          [],
        );
        assert.equal(made(all).length, 2);
      }
      assert.ok(withoutPaths(steps).includes(`update JobDefinition ${to}-PackageVideo`));

      assert.deepEqual((await stack.preview()).steps, []);
      // When every stack has been renamed, the alias has done its work.
      assert.deepEqual((await stack.preview(pipeline(args, { name: to }))).steps, []);
      assert.equal((await stack.destroy()).error, undefined);
      assertGone(engine().account, to);
    });
  }
});
