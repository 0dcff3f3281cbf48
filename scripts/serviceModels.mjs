// Reduces the models of AWS's services, as botocore has them, to the operations that a local run knows, and writes them to
// runner/integrations/serviceModels.json. With --check it compares them instead. Needs Python's pip, and PyPI.
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

Writes runner/integrations/serviceModels.json from botocore ${BOTOCORE}, which it downloads with pip.
With --check it compares the two instead.`,
  ["--check"],
);

const target = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../runner/integrations/serviceModels.json");

function run(program, ...args) {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${[program, ...args].join(" ")} failed: ${stderr}`);
}

/** The models by service, from botocore's wheel. */
function readModels(services) {
  const folder = mkdtempSync(path.join(tmpdir(), "botocore-"));
  try {
    run("python3", "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, `botocore==${BOTOCORE}`);
    const [wheel] = readdirSync(folder);
    run("python3", "-m", "zipfile", "-e", path.join(folder, wheel), folder);
    return Object.fromEntries(
      services.map((service) => {
        const data = path.join(folder, "botocore/data", FOLDERS[service] ?? service);
        const [latest] = readdirSync(data).sort().reverse();
        return [service, JSON.parse(gunzipSync(readFileSync(path.join(data, latest, "service-2.json.gz"))))];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
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

const models = readModels([...new Set(Object.keys(OPERATIONS).map((call) => call.split(":")[0]))]);
const operations = Object.entries(OPERATIONS).map(([call, operation]) => {
  const { shapes, operations: all } = models[call.split(":")[0]];
  return [call, reduce(shapes, all[operation].input.shape)];
});
const text = await format(JSON.stringify({ botocore: BOTOCORE, operations: Object.fromEntries(operations) }), {
  ...(await resolveConfig(target)),
  parser: "json",
});
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) throw new Error(`${target} is not what botocore ${BOTOCORE} says.`);
