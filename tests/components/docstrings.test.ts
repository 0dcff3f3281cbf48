import { strict as assert } from "node:assert";

import { findProblems } from "../../components/checks";
import { argumentsOf, membersAt } from "../../components/structure/schema";
import { ENVIRONMENT_LIMITS, UPDATE_LIMITS } from "../../components/compute/limits";
import { ATTEMPT_LIMITS, CONTAINER_LIMITS, JOB_LIMITS } from "../../components/jobs/limits";
import { AUDIO_LIMITS, RENDITION_LIMITS, TIMING_LIMITS } from "../../components/media/limits";
import { VPC_LIMITS } from "../../components/network/limits";
import { FAIR_SHARE_LIMITS, PART_LIMITS, QUEUE_LIMITS, SHARE_LIMITS } from "../../components/queues/limits";
import type { Limit } from "../../components/rules/numbers";
import { normalise } from "../../components/settings";
import { APPROVAL_LIMITS, WORKFLOW_LIMITS } from "../../components/stateMachine/limits";
import { STORAGE_LIMITS } from "../../components/storage/limits";
import { UPLOAD_LIMITS } from "../../components/trigger/limits";
import { EVERYTHING, EVERYTHING_OF_YOURS, EVERYTHING_ON_EKS } from "../security/everything";
import { placesOf, replaceAt, SCHEMA } from "./structure/places";

const RANGE = /(?<![\d,.])(\d[\d,]*(?:\.\d+)?) to (\d[\d,]*)(?![\d,]*[.,]?\d| ?%)/;
const toNumber = (text: string): number => Number(text.replaceAll(",", ""));

/** Members of numbers whose docstring has a range, each once, with a program that gives them. */
function ranges(): { name: string; from: number; to: number; refuses: (value: number) => boolean }[] {
  const found = new Map<string, ReturnType<typeof ranges>[number]>();
  for (const args of [EVERYTHING, EVERYTHING_OF_YOURS, EVERYTHING_ON_EKS]) {
    for (const { keys, path, position } of placesOf(args)) {
      const [, from, to] = RANGE.exec(position.description ?? "") ?? [];
      if (position.type !== "number" || from === undefined || to === undefined) continue;
      const refuses = (value: number): boolean =>
        findProblems("videos", replaceAt(args, keys, value)).some(
          ({ propertyPath, reason }) => propertyPath === path && /must be (a|an even|a whole) number/.test(reason),
        );
      found.set(path.replace(/\[\d+\]/g, "[]"), { name: path, from: toNumber(from), to: toNumber(to), refuses });
    }
  }
  return [...found.values()];
}

/** The table of limits of each type. */
const TABLES: Record<string, Record<string, Limit>> = {
  Approval: APPROVAL_LIMITS,
  Audio: AUDIO_LIMITS,
  ComputeEnvironment: ENVIRONMENT_LIMITS,
  FairShare: FAIR_SHARE_LIMITS,
  Job: { ...CONTAINER_LIMITS, memoryMiB: JOB_LIMITS.memoryMiB },
  JobDefaults: ATTEMPT_LIMITS,
  Part: PART_LIMITS,
  Queue: QUEUE_LIMITS,
  Rendition: RENDITION_LIMITS,
  Share: SHARE_LIMITS,
  Storage: STORAGE_LIMITS,
  UpdatePolicy: UPDATE_LIMITS,
  Uploads: UPLOAD_LIMITS,
  Vpc: VPC_LIMITS,
  Workflow: WORKFLOW_LIMITS,
};

describe("docstrings", () => {
  it("state the unit and the default of every limit", () => {
    const membersOf = (type: string) =>
      membersAt(SCHEMA, { $ref: `#/types/video-batch-pipeline:index:${type}` })!.known;
    const all = [
      ...Object.entries(TABLES).flatMap(([type, limits]) =>
        Object.entries(limits).map(([name, limit]) => ({
          name,
          limit,
          description: membersOf(type)[name]!.description!,
        })),
      ),
      ...Object.entries<Limit>(TIMING_LIMITS).map(([name, limit]) => {
        return { name, limit, description: argumentsOf(SCHEMA).known[name]!.description! };
      }),
    ];
    for (const { name, limit, description } of all) {
      const text = description.replace(/\s+/g, " ");
      if (limit.default !== undefined) {
        assert.match(text, new RegExp(`Defaults to ${limit.default.toLocaleString("en-US")}(?!,?\\d)`), name);
      }
      const [unit = ""] = limit.unit.split(" ");
      assert.ok(text.toLowerCase().includes(unit.toLowerCase().replace(/s$/, "")), `${name}: ${limit.unit}`);
    }
  });

  it("state the ranges that the checks have", () => {
    const all = ranges();
    assert.ok(all.length >= 30, String(all.length));
    for (const { name, from, to, refuses } of all) {
      assert.deepEqual(
        [from - 1, from, to, to + 1].map(refuses),
        [true, false, false, true],
        `${name}: ${from} to ${to}`,
      );
    }
  });

  it("state the defaults of each height, between the rows of the table too", () => {
    const members = membersAt(SCHEMA, { $ref: "#/types/video-batch-pipeline:index:Rendition" })!;
    const describe = (member: string): string => members.known[member]!.description!.replace(/\s+/g, " ");
    const rendition = (height: number) => normalise("videos", { renditions: [{ name: "a", height }] }).renditions[0]!;
    const stated = (member: string, height: number): number => {
      const steps = [...describe(member).matchAll(/([\d,]+) up to (\d+)/g)].map(([, value, up]) => ({
        value: toNumber(value!),
        up: Number(up),
      }));
      const above = /([\d,]+) above\./.exec(describe(member))![1]!;
      return steps.find(({ up }) => height <= up)?.value ?? toNumber(above);
    };
    for (const height of [64, 360, 362, 480, 482, 720, 722, 1080, 1082, 1440, 1442, 2160, 2162, 4320]) {
      const { maxBitrateKbps, resources, crf } = rendition(height);
      assert.equal(maxBitrateKbps, stated("maxBitrateKbps", height), `maxBitrateKbps of ${height}`);
      assert.equal(resources?.memoryMiB, stated("memoryMiB", height), `memoryMiB of ${height}`);
      assert.equal(crf, height <= 480 ? 23 : 22, `crf of ${height}`);
    }
    assert.match(
      describe("crf"),
      /Defaults to 22 for H\.264, .* above 480 pixels of height, and to one more up to 480\.$/,
    );
  });
});
