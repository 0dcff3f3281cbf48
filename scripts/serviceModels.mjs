// Reduces the models of AWS's services, as botocore has them, to the operations that a local run knows, and writes them to
// runner/serviceModels/. With --check it compares them instead. Needs Python's pip, and PyPI.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import { format, resolveConfig } from "prettier";

import { answerHelp } from "./usage.mjs";

const BOTOCORE = "1.44.8";
const OPERATIONS = {
  "batch:submitJob": "SubmitJob",
  "sns:publish": "Publish",
  "sqs:sendMessage": "SendMessage",
  "states:startExecution": "StartExecution",
  "sfn:startSyncExecution": "StartSyncExecution",
  "events:putEvents": "PutEvents",
  "lambda:invoke": "Invoke",
  "s3:getObject": "GetObject",
  "s3:headObject": "HeadObject",
  "s3:listObjectsV2": "ListObjectsV2",
};
/** What botocore calls a service, where Step Functions calls it something else. */
const FOLDERS = { states: "stepfunctions", sfn: "stepfunctions" };

answerHelp(
  `Usage: npm run models [-- --check]

Writes runner/serviceModels/operations.json and createJob.json from botocore ${BOTOCORE}, which it downloads with pip.
With --check it compares the two instead.`,
  ["--check"],
);

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../runner/serviceModels");

function run(program, ...args) {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${[program, ...args].join(" ")} failed: ${stderr}`);
}

/** The models by service, from botocore's wheel. */
function readModels(services) {
  const downloads = mkdtempSync(path.join(tmpdir(), "botocore-"));
  try {
    run("python3", "-m", "pip", "download", "--quiet", "--no-deps", "--dest", downloads, `botocore==${BOTOCORE}`);
    const [wheel] = readdirSync(downloads);
    run("python3", "-m", "zipfile", "-e", path.join(downloads, wheel), downloads);
    return Object.fromEntries(
      services.map((service) => {
        const data = path.join(downloads, "botocore/data", FOLDERS[service] ?? service);
        const [latest] = readdirSync(data).sort().reverse();
        return [service, JSON.parse(gunzipSync(readFileSync(path.join(data, latest, "service-2.json.gz"))))];
      }),
    );
  } finally {
    rmSync(downloads, { recursive: true, force: true });
  }
}

/** Step Functions writes the first letter of every member's name large. */
const large = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/** A shape with the shapes that it consists of, and nothing but their types. */
function reduce(shapes, name) {
  const { type, required = [], members = {}, member, value } = shapes[name];
  if (type === "structure") {
    const reduced = Object.entries(members).map(([key, { shape }]) => [large(key), reduce(shapes, shape)]);
    return {
      type,
      ...(required.length > 0 ? { required: required.map(large) } : {}),
      members: Object.fromEntries(reduced),
    };
  }
  if (type === "list") return { type, member: reduce(shapes, member.shape) };
  if (type === "map") return { type, value: reduce(shapes, value.shape) };
  return { type };
}

/** Every shape that one consists of, with how often it is used. */
function uses(shapes, name, found = new Map()) {
  found.set(name, (found.get(name) ?? 0) + 1);
  if (found.get(name) > 1) return found;
  const { members = {}, member, value } = shapes[name];
  for (const part of [...Object.values(members), member, value]) if (part) uses(shapes, part.shape, found);
  return found;
}

/**
 * A shape with everything that the service checks. Structures and what is used repeatedly stand once, under their names: written out, the
 * settings of MediaConvert's jobs would be five times as long.
 */
function reduceByName(shapes, input) {
  const used = uses(shapes, input);
  const isNamed = (name) => shapes[name].type === "structure" || (used.get(name) > 1 && "enum" in shapes[name]);
  const refer = ({ shape }) => (isNamed(shape) ? { shape } : describe(shape));
  const describe = (name) => {
    const { type, required = [], members, member, value, enum: values, min, max, pattern } = shapes[name];
    const parts = Object.entries(members ?? {}).map(([key, part]) => [large(key), refer(part)]);
    return {
      type,
      ...(required.length > 0 ? { required: required.map(large) } : {}),
      ...(members ? { members: Object.fromEntries(parts) } : {}),
      ...(member ? { member: refer(member) } : {}),
      ...(value ? { value: refer(value) } : {}),
      ...Object.fromEntries(
        Object.entries({ enum: values, min, max, pattern }).filter(([, given]) => given !== undefined),
      ),
    };
  };
  const named = [...used.keys()].filter(isNamed).sort();
  return { input, shapes: Object.fromEntries(named.map((name) => [name, describe(name)])) };
}

async function write(file, model) {
  const target = path.join(folder, file);
  const text = await format(JSON.stringify({ botocore: BOTOCORE, ...model }), {
    ...(await resolveConfig(target)),
    parser: "json",
  });
  if (!process.argv.includes("--check")) writeFileSync(target, text);
  else if (readFileSync(target, "utf8") !== text) throw new Error(`${target} is not what botocore ${BOTOCORE} says.`);
}

const models = readModels([...new Set(Object.keys(OPERATIONS).map((call) => call.split(":")[0])), "mediaconvert"]);
const operations = Object.entries(OPERATIONS).map(([call, operation]) => {
  const { shapes, operations: all } = models[call.split(":")[0]];
  return [call, reduce(shapes, all[operation].input.shape)];
});
await write("operations.json", { operations: Object.fromEntries(operations) });
await write("createJob.json", reduceByName(models.mediaconvert.shapes, "CreateJobRequest"));
