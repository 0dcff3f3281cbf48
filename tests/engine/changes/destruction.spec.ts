import { strict as assert } from "node:assert";

import type { Storage, VideoBatchPipelineArgs } from "../../../index";
import { assertGone, assertNothingWrong } from "../assertions";
import { useRealEngine } from "../useRealEngine";
import { OTHERS, pipeline, reasons, SMALL } from "./pipelines";

const withStorage = (storage: Storage): VideoBatchPipelineArgs => ({
  ...SMALL,
  storage,
  encryption: { enableKey: true },
});

const BUCKET = "aws:s3/bucket:Bucket";
/** What stands together: the bucket, its settings, and the key without which nobody can read it. */
const PROTECTED = [
  ...[BUCKET, "aws:kms/key:Key"],
  ...["LifecycleConfiguration", "OwnershipControls", "Policy", "PublicAccessBlock"].map(
    (setting) => `aws:s3/bucket${setting}:Bucket${setting}`,
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
].sort();

describe("pulumi destroy", () => {
  const engine = useRealEngine(OTHERS);

  const typesOf = (project: string): string[] =>
    engine()
      .account.all()
      .filter(({ urn }) => urn.includes(`::${project}::`))
      .map(({ type }) => type)
      .sort();

  it("fails in its preview while storage.protect is true; without a preview it leaves only the bucket", async () => {
    const storage = { protect: true, enableVersioning: true };
    const stack = await engine().stack({ name: "dev", project: "protected", program: pipeline(withStorage(storage)) });
    const { outputs } = await stack.up();
    const bucket = engine().account.all(BUCKET)[0]!.id;
    assert.equal(
      outputs["whatDestroyDoes"],
      `pulumi destroy fails in its preview while storage.protect is true; with --skip-preview, which the Automation API uses, it deletes everything but the bucket ${bucket} and what belongs to it. After that, it deletes the bucket ${bucket} only when it is empty, and fails as long as it holds anything.`,
    );
    const all = typesOf("protected");

    const cwd = stack.stack.workspace.workDir;
    const { status, stdout, stderr } = await engine().cli(["destroy", "--yes", "--stack", "dev"], { cwd });
    assert.notEqual(status, 0);
    assert.match(stdout + stderr, /cannot be deleted\s+because it is protected/);
    assert.deepEqual(typesOf("protected"), all);

    const { messages } = await stack.destroy();
    assert.match(reasons(messages).join("\n"), /cannot be deleted\s+because it is protected/);
    assert.deepEqual(typesOf("protected"), PROTECTED);

    // The next deployment makes everything else again, and then the stack can go.
    assert.equal((await stack.up(pipeline(withStorage({ ...storage, protect: false })))).error, undefined);
    assert.deepEqual(typesOf("protected"), all);
    engine().account.bucketsWithObjects.add(bucket);
    assert.match(reasons((await stack.destroy()).messages).join("\n"), new RegExp(`The bucket ${bucket} is not empty`));
    engine().account.refused.length = 0;
    engine().account.bucketsWithObjects.delete(bucket);
    assert.equal((await stack.destroy()).error, undefined);
    assertGone(engine().account, "protected");
    assertNothingWrong(engine().account);
  });

  it("leaves the bucket with storage.retainOnDelete, and deletes it with its videos with storage.forceDestroy", async () => {
    const retained = pipeline(withStorage({ retainOnDelete: true, enableVersioning: true }));
    const stack = await engine().stack({ name: "dev", project: "retained", program: retained });
    const { outputs } = await stack.up();
    const bucket = engine().account.all(BUCKET)[0]!.id;
    assert.equal(
      outputs["whatDestroyDoes"],
      `pulumi destroy leaves the bucket ${bucket} in AWS, with everything in it.`,
    );
    engine().account.bucketsWithObjects.add(bucket);
    assert.equal((await stack.destroy()).error, undefined);
    assert.deepEqual(typesOf("retained"), PROTECTED);

    const forced = pipeline(withStorage({ forceDestroy: true }), { name: "forced" });
    const other = await engine().stack({ name: "dev", project: "forced", program: forced });
    const { messages } = await other.up();
    assert.deepEqual(messages, [
      "warning: storage.forceDestroy of forced is true: pulumi destroy DELETES the bucket with all videos and outputs in it.",
    ]);
    engine().account.bucketsWithObjects.add(engine().account.all(BUCKET).at(-1)!.id);
    assert.equal((await other.destroy()).error, undefined);
    assertGone(engine().account, "forced");
    assertNothingWrong(engine().account);
  });
});
