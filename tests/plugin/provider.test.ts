import { strict as assert } from "node:assert";

import schema from "../../components/schema.json";
import { PipelineProvider } from "../../plugin/provider";
import { synthesise } from "../../runner/synthesis/synthesis";
import { IMAGE } from "../support/pipeline";

const TYPE = "video-batch-pipeline:index:VideoBatchPipeline";

describe("the provider of the component for other languages", () => {
  const provider = new PipelineProvider("1.2.3");

  it("has the generated schema, with the version of the package", () => {
    assert.deepEqual(JSON.parse(provider.schema), { ...schema, version: "1.2.3" });
    assert.equal(provider.version, "1.2.3");
  });

  it("makes the component, and answers with the outputs of the schema", async () => {
    let state: Record<string, unknown> = {};
    const { resources } = await synthesise(async () => {
      const constructed = await provider.construct("videos", TYPE, { image: IMAGE }, {});
      state = constructed.state;
    });
    assert.ok(resources.some(({ type }) => type === TYPE));
    assert.deepEqual(Object.keys(state).sort(), Object.keys(schema.resources[TYPE].properties).sort());
    assert.deepEqual(
      Object.entries(state).filter(([, value]) => value === undefined),
      [],
    );
  });

  it("lists invalid arguments once, in the message", async () => {
    await synthesise(() => {
      assert.throws(
        () => provider.construct("videos", TYPE, { image: IMAGE, gopSeconds: 0, queues: [] }, {}),
        (error: Error) => {
          assert.deepEqual(Object.keys(error), [], "Pulumi's engine prints the fields of errors that it knows.");
          assert.equal(
            error.message,
            [
              'VideoBatchPipeline "videos" has 2 problems:',
              "- queues must have at least one entry. Received []. Omit it to use the queues high and low.",
              "- gopSeconds must be a whole number from 1 to 10. Received 0. 2 is usual.",
            ].join("\n"),
          );
          return true;
        },
      );
    });
  });

  it("refuses what the package doesn't have", () => {
    assert.throws(() => provider.construct("videos", "video-batch-pipeline:index:Video", {}, {}), {
      message: `video-batch-pipeline:index:Video isn't a resource of this package. Use ${TYPE}.`,
    });
  });
});
