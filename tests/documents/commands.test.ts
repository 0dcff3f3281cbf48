import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { ROOT } from "../support/commandLine";
import { blocksIn, commandBlocks, DOCUMENTS, EXAMPLES, executorOf } from "./commands";

/** What a reader has to have before a command works. A test can have everything else. */
const MANUAL = /^(docker|sudo|aws) .* # needs (Docker|sudo|an AWS account)\b/;
const LANGUAGES = ["sh", "text", "ts", "json", "yaml"];
/** How a line begins that a reader would type. */
const COMMAND = /^\s*(\$ )?(npm|npx|node|pulumi|aws|docker|git|cd|cp|sudo|ffmpeg|pip)\s/;

describe("the commands of the documents", () => {
  for (const document of [...DOCUMENTS, ...EXAMPLES]) {
    it(`are in blocks for a shell, and nothing else is: ${document}`, () => {
      for (const { language, line, lines } of blocksIn(document)) {
        assert.ok(LANGUAGES.includes(language), `${document}:${line} has the language ${JSON.stringify(language)}`);
        const typed = lines.filter((text) => COMMAND.test(text));
        if (language === "text") assert.deepEqual(typed, [], `${document}:${line}`);
      }
    });
  }

  it("are executed, or the document says what they need", () => {
    const all = DOCUMENTS.flatMap((document) => commandBlocks(document).flat());
    const manual = all.filter((command) => executorOf(command) === "manual");
    assert.ok(manual.length > 0);
    for (const command of manual) assert.match(command, MANUAL);
    const ci = readFileSync(path.join(ROOT, ".ci", "run"), "utf8").split("\n");
    for (const command of all.filter((each) => executorOf(each) === "ci")) assert.ok(ci.includes(command), command);
    const executors = new Set(all.map(executorOf));
    assert.deepEqual([...executors].sort(), ["ci", "engine", "manual", "reader"]);
  });

  it("of the examples have suites, which run what no other example has", () => {
    const rest = EXAMPLES.map((document) => {
      const commands = commandBlocks(document).flat();
      const own = commands
        .map((command) => command.replace(/ *#.*/, ""))
        .filter((text) => executorOf(text) !== "engine");
      return [document, own];
    });
    assert.deepEqual(Object.fromEntries(rest), {
      "examples/consumer/README.md": ["npm install", "npm test", "npx video-batch-pipeline preview"],
      "examples/python/README.md": ["npm run setup", "cd examples/python"],
      "examples/yaml/README.md": ["npm run setup", "cd examples/yaml"],
    });
  });
});
