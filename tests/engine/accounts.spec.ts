import { strict as assert } from "node:assert";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../index";
import { EVERYTHING } from "../security/everything";
import { assertGone, assertNothingWrong } from "./assertions";
import { useRealEngine } from "./useRealEngine";

const { events, ...otherTriggers } = EVERYTHING.trigger!;

/** Everything that can be switched on, with the only bus that the account has. */
const WHOLE: VideoBatchPipelineArgs = {
  ...EVERYTHING,
  trigger: { ...otherTriggers, events: { ...events!, busName: "default" } },
};

/** The same without the names that only one pipeline of a region can have. */
const UNNAMED = withoutNames(WHOLE) as VideoBatchPipelineArgs;

function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (typeof value !== "object" || value === null) return value;
  const named = ["computeEnvironmentName", "jobQueueName", "jobDefinitionName"];
  const members = Object.entries(value).filter(([key]) => !named.includes(key));
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNames(member)]));
}

const unprotected = (args: VideoBatchPipelineArgs): VideoBatchPipelineArgs => ({
  ...args,
  storage: { ...args.storage, protect: false },
});

describe("pipelines that share an account", () => {
  const engine = useRealEngine(JSON.stringify(WHOLE).match(/arn:aws:[^"]+/g) ?? []);
  afterEach(() => assertNothingWrong(engine().account));

  it("two in one stack make twice as much, and go together", async () => {
    const program = (): void => {
      new VideoBatchPipeline("one");
      new VideoBatchPipeline("two");
    };
    const stack = await engine().stack({ name: "two", program });
    assert.equal((await stack.up()).error, undefined);
    const types = (name: string): string[] =>
      engine()
        .account.all()
        .filter(({ urn }) => urn.split("::").at(-1)!.startsWith(`${name}-`))
        .map(({ type }) => type)
        .sort();
    assert.deepEqual(types("one"), types("two"));
    assert.ok(types("one").length > 30);
    assert.deepEqual((await stack.preview()).steps, []);
    assert.equal((await stack.destroy()).error, undefined);
    assertGone(engine().account, "test");
  });

  it("stacks with everything on, two in a region and one in another, do not notice each other", async () => {
    const stacks = [
      { name: "named", region: "us-east-1", args: WHOLE },
      { name: "unnamed", region: "us-east-1", args: UNNAMED },
      { name: "elsewhere", region: "eu-west-1", args: WHOLE },
    ];
    for (const { name, region, args } of stacks) {
      const program = (): void => void new VideoBatchPipeline("videos", args);
      const stack = await engine().stack({ name, program, config: { "aws:region": region } });
      assert.equal((await stack.up()).error, undefined);
    }
    const regions = new Set(
      engine()
        .account.all("aws:batch/jobQueue:JobQueue")
        .map(({ region }) => region),
    );
    assert.deepEqual([...regions], ["us-east-1", "eu-west-1"]);
    for (const { name, region, args } of stacks) {
      const program = (): void => void new VideoBatchPipeline("videos", args);
      const stack = await engine().stack({ name, program, config: { "aws:region": region } });
      assert.deepEqual((await stack.preview()).steps, []);
      const change = (): void => void new VideoBatchPipeline("videos", unprotected(args));
      assert.equal((await stack.up(change)).error, undefined);
      assert.equal((await stack.destroy()).error, undefined);
    }
    assertGone(engine().account, "test", /^aws:(s3|kms)\//);
  });
});
