import assert from "node:assert/strict";
import path from "node:path";

import { UsageError } from "../../../contract/usageError";
import { readLaunch } from "../../../runner/synthesis/launch";

const FOLDER = path.resolve(__dirname, "../../..");
const FILE = path.join(FOLDER, "Pulumi.yaml");

describe("how Pulumi starts a program", () => {
  const starts: [what: string, Parameters<typeof readLaunch>[1], Partial<ReturnType<typeof readLaunch>>][] = [
    ["in its folder, without main", {}, { workingDirectory: FOLDER, entryPoint: "." }],
    ["in its folder, with an empty main", { main: "" }, { workingDirectory: FOLDER, entryPoint: "." }],
    [
      "in the folder of a file",
      { main: "stacks/index.ts" },
      { workingDirectory: `${FOLDER}/stacks`, entryPoint: "index.ts" },
    ],
    ["in the folder that main is", { main: "./stacks/" }, { workingDirectory: `${FOLDER}/stacks`, entryPoint: "." }],
    ["with an absolute main", { main: `${FOLDER}/index.ts` }, { workingDirectory: FOLDER, entryPoint: "index.ts" }],
    [
      "with TypeScript",
      { runtime: "nodejs" },
      { environment: { PULUMI_NODEJS_TYPESCRIPT: "true" }, nodeArguments: [] },
    ],
    ["without TypeScript", { runtime: { name: "nodejs", options: { typescript: false } } }, { environment: {} }],
    [
      "with another tsconfig",
      { runtime: { name: "nodejs", options: { tsconfig: "tsconfig.pulumi.json" } } },
      { environment: { PULUMI_NODEJS_TYPESCRIPT: "true", PULUMI_NODEJS_TSCONFIG_PATH: "tsconfig.pulumi.json" } },
    ],
    [
      "with arguments of Node.js in quotes",
      { runtime: { name: "nodejs", options: { nodeargs: String.raw`--a  --b="c \"d\"" 'e f'\ g` } } },
      { nodeArguments: ["--a", '--b=c "d"', "e f g"] },
    ],
  ];
  for (const [what, settings, expected] of starts) {
    it(what, () => {
      const launch = readLaunch(FILE, settings);
      assert.deepEqual({ ...launch, ...expected }, launch);
    });
  }

  const mistakes: [options: Record<string, unknown>, message: string][] = [
    [{ typescript: "no" }, 'typescript in FILE must be true or false. Received "no".'],
    [{ tsconfig: 5 }, "tsconfig in FILE must be the path of a file. Received 5."],
    [{ nodeargs: ["--a"] }, 'nodeargs in FILE must be one string. Received ["--a"].'],
    [{ nodeargs: "--a 'b" }, 'nodeargs in FILE must be words with closed quotes. Received "--a \'b".'],
  ];
  for (const [options, message] of mistakes) {
    it(`not with ${JSON.stringify(options)}`, () => {
      assert.throws(
        () => readLaunch(FILE, { runtime: { name: "nodejs", options } }),
        new UsageError(`runtime.options.${message.replace("FILE", FILE)}`),
      );
    });
  }
});
