import { strict as assert } from "node:assert";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { VideoBatchPipeline } from "../../../index";
import { ROOT } from "../../inventory/inventory";
import { yamlExample } from "../../support/examples";
import type { RepositoryCopy } from "../../support/repositoryCopy";
import type { RealEngine } from "../realEngine";
import type { EngineStack } from "../stack";

/** The stack, the providers that the engine adds for packages, and what awsx makes its components of are no part of the program. */
const OTHERS = /^create (Stack|aws|awsx|docker-build|video-batch-pipeline) |^create \w+ default_/;

/** An example in another language, in a copy of the repository. */
export class Example {
  readonly directory: string;

  constructor(
    private readonly engine: RealEngine,
    copy: RepositoryCopy,
    private readonly name: string,
  ) {
    this.directory = path.join(copy.directory, "examples", name);
  }

  /** Runs the commands of the example's README, up to the deployment. */
  async prepare(env: NodeJS.ProcessEnv): Promise<void> {
    const commands = this.commands();
    assert.equal(commands.at(-1), "pulumi up --stack dev");
    for (const command of commands.slice(0, -1)) {
      const { status, stdout, stderr } = await this.engine.shell(command, { cwd: this.directory, env });
      assert.equal(status, 0, `${command}\n${stdout}\n${stderr}`);
    }
  }

  private commands(): string[] {
    const [, block = ""] = /```sh\n(.*?)```/s.exec(this.read("README.md")) ?? [];
    const lines = block.split("\n").map((line) => line.replace(/ *#.*/, ""));
    return lines.filter((line) => line.startsWith("pulumi "));
  }

  stack(): Promise<EngineStack> {
    return this.engine.stackIn({ name: "dev", directory: this.directory });
  }

  /** What a program in TypeScript makes with the arguments of `examples/yaml`. */
  async expectedSteps(): Promise<string[]> {
    const [pipeline] = yamlExample("yaml");
    assert.ok(pipeline);
    const { name, args } = pipeline;
    const program = (): Promise<void> => Promise.resolve(void new VideoBatchPipeline(name, args));
    const typescript = await this.engine.stack({ name: "typescript", project: this.name, program });
    const { steps, error } = await typescript.preview();
    assert.equal(error, undefined);
    return stepsOfProgram(steps);
  }

  /** What belongs to the example itself. */
  files(): Record<string, string> {
    const names = readdirSync(path.join(ROOT, "examples", this.name), { withFileTypes: true });
    const files = names.filter((entry) => entry.isFile() && entry.name !== "Pulumi.dev.yaml");
    return Object.fromEntries(files.map(({ name }) => [name, this.read(name)]));
  }

  private read(file: string): string {
    return readFileSync(path.join(this.directory, file), "utf8");
  }

  /** Changes the program until the next deployment. */
  async with<T>(file: string, edits: [from: string, to: string][], act: () => Promise<T>): Promise<T> {
    const before = this.read(file);
    const after = edits.reduce((text, [from, to]) => {
      assert.ok(text.includes(from), `${file} of examples/${this.name} has no ${from}`);
      return text.replace(from, to);
    }, before);
    writeFileSync(path.join(this.directory, file), after);
    try {
      return await act();
    } finally {
      writeFileSync(path.join(this.directory, file), before);
    }
  }
}

export function stepsOfProgram(steps: string[]): string[] {
  return steps.filter((step) => !OTHERS.test(step)).sort();
}
