import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import type { Events, VideoBatchPipelineArgs } from "../../../index";
import { definitionOf, statesOf, type Synthesis } from "../../../testing";
import { containerOf, added, IMAGE, named, synthesisePipeline } from "../../support/pipeline";
import { refuses } from "../refusals";

const PLACE = "us-east-1:123456789012";
const DEFAULT = `arn:aws:events:${PLACE}:event-bus/default`;
const SEND = (bus: string): object => ({
  Sid: "SendEvents",
  Effect: "Allow",
  Action: ["events:PutEvents"],
  Resource: [bus],
  Condition: { StringEquals: { "events:source": "video-batch-pipeline" } },
});

const own = { image: "alpine", command: ["true"] };

function commandOf(synthesis: Synthesis, job: string): string[] {
  return containerOf(synthesis, `videos-${job}`)["command"] as string[];
}

function statementOf(synthesis: Synthesis, policy: string): unknown {
  const { Statement } = named(synthesis, policy).inputs["policy"] as { Statement: { Sid: string }[] };
  return Statement.find(({ Sid }) => Sid === "SendEvents");
}

/** The buses that the definition sends to. */
function busesOf(synthesis: Synthesis): string[] {
  const sent = statesOf(definitionOf(synthesis)).flatMap(([, state]) =>
    state.Type === "Task" && state.Resource.endsWith("events:putEvents")
      ? (state.Arguments as { Entries: { EventBusName: string }[] }).Entries.map(({ EventBusName }) => EventBusName)
      : [],
  );
  return [...new Set(sent)];
}

describe("events", () => {
  const made = (events?: Events, more: VideoBatchPipelineArgs = {}): Promise<Synthesis> =>
    synthesisePipeline({ image: IMAGE, ...(events ? { events } : {}), ...more });
  let without: Synthesis;
  before(async () => (without = await made()));

  it("go to the account's default bus, with no resource of their own, if nothing else is said", async () => {
    const synthesis = await made({});
    assert.deepEqual(added(synthesis, without), []);
    assert.deepEqual(busesOf(synthesis), [DEFAULT]);
    assert.equal(synthesis.outputs["eventBusArn"], DEFAULT);
    for (const role of ["state-machine", "job"]) {
      assert.deepEqual(statementOf(synthesis, `videos-${role}-policy`), SEND(DEFAULT), role);
    }
  });

  it("go to an existing bus by its name, also one that another resource gives", async () => {
    for (const busName of ["media", pulumi.output("media")]) {
      const synthesis = await made({ busName });
      assert.deepEqual(busesOf(synthesis), [`arn:aws:events:${PLACE}:event-bus/media`]);
    }
  });

  it("go to a bus in another account, and say what its policy needs", async () => {
    const busName = "arn:aws:events:us-east-1:210987654321:event-bus/central";
    const synthesis = await made({ busName });
    assert.deepEqual(added(synthesis, without), []);
    assert.deepEqual(busesOf(synthesis), [busName]);
    assert.deepEqual(statementOf(synthesis, "videos-job-policy"), SEND(busName));
    assert.deepEqual(JSON.parse(synthesis.outputs["eventBusPolicy"] as string), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "VideoEvents",
          Effect: "Allow",
          Principal: {
            AWS: ["state-machine", "job"].map((name) => `arn:aws:iam::123456789012:role/videos-${name}-role`),
          },
          Action: "events:PutEvents",
          Resource: busName,
          Condition: { StringEquals: { "events:source": "video-batch-pipeline" } },
        },
      ],
    });
  });

  it("go to a bus that is made, with the pipeline's tags and key", async () => {
    const keyArn = `arn:aws:kms:${PLACE}:key/1234abcd`;
    const synthesis = await made({ enableBus: true }, { tags: { team: "video" }, encryption: { kmsKeyArn: keyArn } });
    assert.deepEqual(
      added(synthesis, without).filter((name) => name.includes("Event")),
      ["EventBus videos-events"],
    );
    assert.deepEqual(named(synthesis, "videos-events").inputs, {
      description: "Events of the videos of the pipeline videos",
      kmsKeyIdentifier: keyArn,
      tags: { team: "video" },
    });
    assert.deepEqual(busesOf(synthesis), [`arn:aws:events:${PLACE}:event-bus/videos-events`]);
  });

  it("are sent by the jobs that may make a video playable, and by no other", async () => {
    const synthesis = await made({});
    for (const job of ["ExtractMetadata", "TranscodeVideo", "PackageVideo"]) {
      assert.deepEqual(commandOf(synthesis, job).slice(-2), ["--event", "Ref::event"], job);
    }
    assert.ok(!commandOf(synthesis, "ExtractFeatures").includes("--event"));
  });

  it("need no permission of jobs that can't tell whether a video is playable, or that have their own role", async () => {
    const theirs = await made({}, { jobs: { metadata: own, features: own, transcode: own } });
    const roleArn = "arn:aws:iam::123456789012:role/jobs";
    const jobs = { metadata: { roleArn }, transcode: { roleArn }, package: { roleArn } };
    const elsewhere = await made({}, { jobs });
    for (const synthesis of [theirs, elsewhere]) {
      assert.deepEqual(statementOf(synthesis, "videos-state-machine-policy"), SEND(DEFAULT));
      const policy = synthesis.resources.find(({ name }) => name === "videos-job-policy");
      assert.ok(policy === undefined || statementOf(synthesis, "videos-job-policy") === undefined);
    }
  });

  it("are nothing at all without being asked for", () => {
    assert.deepEqual(busesOf(without), []);
    assert.deepEqual([without.outputs["eventBusArn"], without.outputs["eventBusPolicy"]], [null, null]);
    for (const role of ["state-machine", "job"]) assert.equal(statementOf(without, `videos-${role}-policy`), undefined);
  });
});

const BUS_RULE = "must be the name or the ARN of an event bus that accepts custom events";
const BUS_REMEDY =
  "Use a name such as media, or an ARN such as arn:aws:events:eu-west-1:123456789012:event-bus/media. The account's own bus is default.";
const refused = (busName: string): [object, string[]] => [
  { events: { busName } },
  [`events.busName ${BUS_RULE}. Received ${JSON.stringify(busName)}. ${BUS_REMEDY}`],
];

describe("the arguments of events", () =>
  refuses([
    [{ events: {} }, []],
    [{ events: { busName: "our.media_bus-1" } }, []],
    [{ events: { busName: "arn:aws-cn:events:cn-north-1:123456789012:event-bus/media" } }, []],
    refused(""),
    refused("my bus"),
    refused("aws.partner/example.com/1"),
    refused("x".repeat(257)),
    refused("arn:aws:events:eu-west-1:123456789012:rule/media"),
    refused("arn:aws:sns:eu-west-1:123456789012:media"),
    [
      { events: { busName: "media", enableBus: true } },
      [
        "events.enableBus must not be true together with events.busName. Received true. Remove events.busName to create a bus, or events.enableBus to keep yours.",
      ],
    ],
  ]));
