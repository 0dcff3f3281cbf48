import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { ROOT } from "../inventory/inventory";

/** The compiler's code for a name that isn't declared: a document leaves out what stands before its lines. */
const UNKNOWN_NAME = 2304;

const IMPORTED = 'import { VideoBatchPipeline } from "../index";\n';

function documents(): string[] {
  const docs = readdirSync(path.join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", ...docs.map((name) => path.join("docs", name))];
}

/** The programs of a document, each as a module of its own. Tests of programs wait for something, which no CommonJS module does. */
function programsIn(document: string): string[] {
  const blocks = [...readFileSync(path.join(ROOT, document), "utf8").matchAll(/^```ts\n(.*?)^```/gms)];
  return blocks
    .map(([, text = ""]) => text.replace(/^import .* from "video-batch-pipeline";$/m, ""))
    .filter((text) => text.includes("new VideoBatchPipeline(") && !text.includes("await "))
    .map((text) => `${IMPORTED}${text}`);
}

describe("the programs of the documents", () => {
  it("have arguments that exist, of the right types", () => {
    const sources = new Map<string, string>();
    for (const document of documents()) {
      for (const [index, text] of programsIn(document).entries()) {
        sources.set(path.join(ROOT, "tests", `${path.basename(document)}-${index + 1}.ts`), text);
      }
    }
    assert.ok(sources.size >= 5, `${sources.size} programs`);
    const config: unknown = ts.readConfigFile(path.join(ROOT, "tsconfig.json"), (file) => ts.sys.readFile(file)).config;
    const options = { ...ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options, noEmit: true };
    const base = ts.createCompilerHost(options);
    const host: ts.CompilerHost = {
      ...base,
      fileExists: (file) => sources.has(file) || base.fileExists(file),
      readFile: (file) => sources.get(file) ?? base.readFile(file),
      getSourceFile: (file, version, ...rest) => {
        const text = sources.get(file);
        return text === undefined
          ? base.getSourceFile(file, version, ...rest)
          : ts.createSourceFile(file, text, version);
      },
    };
    const program = ts.createProgram([...sources.keys()], options, host);
    const wrong = [...sources.keys()].flatMap((file) =>
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(file))
        .filter(({ code }) => code !== UNKNOWN_NAME)
        .map(({ messageText }) => `${path.basename(file)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`),
    );
    assert.deepEqual(wrong, []);
  });
});
