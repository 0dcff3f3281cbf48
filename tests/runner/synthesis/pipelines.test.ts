import assert from "node:assert/strict";

import { selectOnePipeline, selectPipeline } from "../../../runner/synthesis/pipelines";
import type { Synthesis, SynthesisedResource } from "../../../runner/synthesis/synthesis";
import { resource, stateMachine } from "../support";

const STACK = "urn:stack";

/** A pipeline with a state machine, a queue and whatever else. */
function pipeline(name: string, ...more: SynthesisedResource[]): SynthesisedResource[] {
  const component = resource("video-batch-pipeline:index:VideoBatchPipeline", name, {}, {});
  const children = [
    stateMachine({}, `${name}-state-machine`),
    resource("aws:batch/jobQueue:JobQueue", `${name}-low-queue`, {}, {}),
    ...more,
  ];
  return [{ ...component, parent: STACK }, ...children.map((child) => ({ ...child, parent: component.urn }))];
}

function program(...resources: SynthesisedResource[]): Synthesis {
  return { project: "project", stack: "dev", resources, outputs: {} };
}

const namesOf = ({ resources }: Synthesis): string[] => resources.map(({ name }) => name);

describe("one of several pipelines", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "masters", {}, {});
  const news = pipeline("news", resource("aws:batch/computeEnvironment:ComputeEnvironment", "news-compute", {}, {}));
  const films = pipeline("films");
  const plain = stateMachine({}, "plain");
  const several = program(bucket, ...news, ...films, plain);

  it("leaves out what belongs to the others, and keeps what belongs to none", () => {
    assert.deepEqual(namesOf(selectPipeline(several, "films")), [
      ...["masters", "films", "films-state-machine", "films-low-queue"],
    ]);
    assert.deepEqual(namesOf(selectPipeline(several, "plain")), ["masters", "plain"]);
  });

  it("keeps what it uses of another, and what that is part of", () => {
    const environment = news.at(-1)!;
    const [component, machine, queue] = films as [SynthesisedResource, SynthesisedResource, SynthesisedResource];
    const sharing = { ...queue, options: { ...queue.options, dependencies: [environment.urn] } };
    assert.deepEqual(namesOf(selectPipeline(program(...news, component, machine, sharing), "films")), [
      ...["news", "news-compute", "films", "films-state-machine", "films-low-queue"],
    ]);
  });

  it("needs no name where there is only one", () => {
    const only = program(bucket, ...films);
    assert.equal(selectOnePipeline(only, undefined), only);
    assert.deepEqual(namesOf(selectOnePipeline(several, "films")), namesOf(selectPipeline(several, "films")));
    assert.equal(
      selectOnePipeline(program(bucket), undefined).resources.length,
      1,
      "readDeployment says what is wrong",
    );
  });

  it("needs no name either where only state machines are beside it", () => {
    assert.deepEqual(namesOf(selectOnePipeline(program(bucket, ...films, plain), undefined)), [
      ...["masters", "films", "films-state-machine", "films-low-queue"],
    ]);
  });

  it("has its own state machine alone, though it may use another", () => {
    const urn = films[1]!.urn;
    const starting = { ...plain, options: { ...plain.options, dependencies: [urn] } };
    const both = program(...films, starting);
    assert.deepEqual(namesOf(selectPipeline(both, "plain")), ["films", "films-state-machine", "plain"]);
    assert.deepEqual(namesOf(selectOnePipeline(both, "plain")), ["films", "plain"]);
    assert.deepEqual(namesOf(selectOnePipeline(both, undefined)), namesOf(selectPipeline(both, "films")));
  });

  const REFUSED: [() => unknown, string][] = [
    [
      () => selectOnePipeline(several, undefined),
      "The program has 3 pipelines: news, films, plain. Choose one with --pipeline, for example --pipeline news.",
    ],
    [
      () => selectPipeline(several, "fims"),
      "The program has no pipeline fims. Did you mean films? Choose one of: news, films, plain.",
    ],
    [
      () => selectPipeline(program(bucket), "films"),
      "The program has no pipeline films. Add a VideoBatchPipeline to it.",
    ],
  ];
  for (const [select, message] of REFUSED) {
    it(message, () => assert.throws(select, { name: "UsageError", message }));
  }
});
