import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";

import { findProblems } from "../../../components/checks";
import type { Problem } from "../../../components/rules/problem";
import { readArguments } from "../../../components/structure/readArguments";
import { argumentsOf, isAny, type Position } from "../../../components/structure/schema";
import { EVERYTHING, EVERYTHING_OF_YOURS, EVERYTHING_ON_EKS } from "../../security/everything";
import { allMembers, type Place, placesOf, replaceAt, SCHEMA } from "./places";

const VALID = [EVERYTHING, EVERYTHING_OF_YOURS, EVERYTHING_ON_EKS];
const VALID_PLACES = VALID.flatMap((args) => placesOf(args).map((place) => ({ args, place })));

const ALL = allMembers();
/** The four kinds of jobs have the same members. */
const ALL_PLACES = placesOf(ALL).filter(({ path }) => !/^jobs\.(features|transcode|package)\./.test(path));
const WHOLE: Place = { keys: [], path: "", position: {}, members: argumentsOf(SCHEMA), value: ALL };

const WRONG: [type: string, values: unknown[]][] = [
  ["string", ["text", ""]],
  ["number", [7, 0]],
  ["boolean", [true, false]],
  ["array", [[], ["text"], [undefined]]],
  ["object", [{}, { text: "text" }]],
  ["", [NaN, Infinity, 7n, () => "text", Symbol("text"), new Map(), new Date(0), new Uint8Array(2)]],
];

function wrongValues(position: Position): unknown[] {
  const { $ref, type = "object" } = position;
  if (isAny(position)) return WRONG.at(-1)?.[1] ?? [];
  return WRONG.flatMap(([of, values]) => (of === ($ref === undefined ? type : "object") ? [] : values));
}

const paths = (problems: Problem[]): string[] => problems.map(({ propertyPath }) => propertyPath);

describe("the structure of arguments", () => {
  it("is right where all members have values of their types", () => {
    const { problems, broken, value } = readArguments(SCHEMA, ALL);
    assert.deepEqual({ problems, broken, value }, { problems: [], broken: [], value: ALL });
    assert.ok(ALL_PLACES.length > 150, String(ALL_PLACES.length));
  });

  it("is wrong by the path of any value of another type, and by nothing else", () => {
    for (const { keys, path, position } of ALL_PLACES) {
      for (const wrong of wrongValues(position)) {
        const { problems, broken } = readArguments(SCHEMA, replaceAt(ALL, keys, wrong));
        assert.deepEqual([paths(problems), broken], [[path], [keys[0]]], path);
      }
    }
  });

  it("is wrong where a list has null, nothing or a hole", () => {
    const lists = ALL_PLACES.filter(({ value }) => Array.isArray(value));
    assert.ok(lists.length > 20);
    for (const { keys, path, value } of lists) {
      const [entry] = value as unknown[];
      const hole = new Array<unknown>(2);
      hole[0] = entry;
      for (const list of [[entry, null], [entry, undefined], hole]) {
        const { problems } = readArguments(SCHEMA, replaceAt(ALL, keys, list));
        assert.deepEqual(paths(problems), [`${path}[1]`]);
      }
    }
  });

  it("lacks what is null or nothing: only required members have to be there", () => {
    const required = ALL_PLACES.flatMap(({ path, members }) =>
      (members?.required ?? []).map((one) => `${path}.${one}`),
    );
    for (const { keys, path } of ALL_PLACES.filter(({ keys }) => typeof keys.at(-1) === "string")) {
      for (const absent of [null, undefined]) {
        const { problems, value } = readArguments(SCHEMA, replaceAt(ALL, keys, absent));
        assert.deepEqual(paths(problems), required.includes(path) ? [path] : []);
        assert.ok(!JSON.stringify(value).includes("null"));
      }
    }
  });

  it("may have Outputs and promises just where the schema says so", () => {
    for (const { keys, path, position } of ALL_PLACES) {
      for (const unknown of [pulumi.output(7), pulumi.secret({}), Promise.resolve([undefined])]) {
        const { problems } = readArguments(SCHEMA, replaceAt(ALL, keys, unknown));
        assert.deepEqual(paths(problems), position.plain ? [path] : []);
      }
    }
  });

  it("has no member that the schema has not, whatever its name", () => {
    const objects = [WHOLE, ...ALL_PLACES.filter(({ members }) => members)];
    const names = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString", "length", "then"));
    fc.assert(
      fc.property(fc.constantFrom(...objects), names, ({ keys, path, members, value }, name) => {
        if (Object.hasOwn(members?.known ?? {}, name)) return;
        // Unlike an assignment, this makes a member of `__proto__` too.
        const object = Object.fromEntries([...Object.entries(value as object), [name, "text"]]) as object;
        const { problems } = readArguments(SCHEMA, replaceAt(ALL, keys, object));
        assert.equal(problems.length, 1);
        assert.ok(problems[0]?.propertyPath.startsWith(path));
      }),
      { numRuns: 500 },
    );
  });
});

describe("arguments with one mistake", () => {
  it("are valid without it", () => {
    for (const args of VALID) assert.deepEqual(findProblems("videos", args), []);
  });

  it("that is a misspelt member are refused by its path, and nothing else is", () => {
    const members = VALID.flatMap((args) =>
      [{ ...WHOLE, value: args }, ...placesOf(args)].flatMap((place) =>
        Object.keys(place.members?.known ?? {}).map((name) => ({ args, place, name })),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...members), ({ args, place, name }) => {
        const misspelt = `${name.slice(0, -1)}${name.at(-1)?.toUpperCase()}${name.at(-1)}`;
        // Without the one that was meant, which may be a required one.
        const others = Object.entries(place.value as object).filter(([key]) => key !== name);
        const object = { ...Object.fromEntries<unknown>(others), [misspelt]: "secret words" };
        const problems = findProblems("videos", replaceAt(args, place.keys, object));
        const path = place.path === "" ? misspelt : `${place.path}.${misspelt}`;
        assert.deepEqual(
          problems.map(({ reason }) => reason),
          [`${path} must not be given: there is no argument of this name. Received a string. Did you mean ${name}?`],
        );
      }),
      { numRuns: 300 },
    );
  });

  it("that is a value of a wrong type are refused by its path, and nothing else is", () => {
    fc.assert(
      fc.property(fc.constantFrom(...VALID_PLACES), fc.nat(), ({ args, place }, pick) => {
        const values = wrongValues(place.position);
        const problems = findProblems("videos", replaceAt(args, place.keys, values[pick % values.length]));
        assert.deepEqual(paths(problems), [place.path]);
      }),
      { numRuns: 300 },
    );
  });

  it("that is an Output are refused where it has to be known, and accepted elsewhere", () => {
    for (const { args, place } of VALID_PLACES) {
      const problems = findProblems("videos", replaceAt(args, place.keys, pulumi.secret(place.value)));
      const expected = `${place.path} must be known before deployment, because it decides which resources exist. Received an Output. Give a plain value, neither a secret nor another resource's output.`;
      assert.deepEqual(
        problems.map(({ reason }) => reason),
        place.position.plain ? [expected] : [],
        place.path,
      );
    }
  });
});
