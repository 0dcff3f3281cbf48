import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

export const ROOT = path.resolve(__dirname, "..", "..");

/** A project outside the repository that has the package as npm would give it. */
export interface Consumer {
  directory: string;
  tarball: PackedTarball;
  /** Runs a program in the project. Fails with what it printed. */
  run(command: string, ...args: string[]): Promise<{ stdout: string; stderr: string }>;
  remove(): void;
}

export interface PackedTarball {
  /** Bytes of the file, and of what is in it. */
  size: number;
  unpackedSize: number;
  files: string[];
}

const execute = promisify(execFile);

/** Builds and packs the package, and installs it into a copy of `examples/consumer`. */
export async function installConsumer(): Promise<Consumer> {
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "consumer-")));
  await runIn(ROOT, process.execPath, "scripts/build.mjs");
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", directory];
  const [packed] = JSON.parse((await runIn(ROOT, "npm", ...pack)).stdout) as [
    { filename: string; size: number; unpackedSize: number; files: { path: string }[] },
  ];
  copyExample(directory, `file:${packed.filename}`);
  // A second compiler beside the project's own. Its name keeps it out of `tsc`'s way.
  const typescript6 = "typescript6@npm:typescript@^6";
  await runIn(directory, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", typescript6);
  return {
    directory,
    tarball: { ...packed, files: packed.files.map((file) => file.path).sort() },
    run: (command, ...args) => runIn(directory, command, ...args),
    remove: () => fs.rmSync(directory, { recursive: true, force: true }),
  };
}

function copyExample(directory: string, packageSource: string): void {
  const example = path.join(ROOT, "examples", "consumer");
  const filter = (source: string): boolean => !/[/\\](bin|node_modules)$/.test(source);
  fs.cpSync(example, directory, { recursive: true, filter });
  const file = path.join(directory, "package.json");
  const manifest = JSON.parse(fs.readFileSync(file, "utf8")) as { dependencies: Record<string, string> };
  manifest.dependencies["video-batch-pipeline"] = packageSource;
  fs.writeFileSync(file, JSON.stringify(manifest, undefined, 2));
}

async function runIn(cwd: string, command: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  // npm hands its own settings down to what it starts, those of the repository among them.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
  try {
    return await execute(command, args, { cwd, env, maxBuffer: 1 << 26 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed.\n${stdout ?? ""}\n${stderr ?? ""}`, { cause: error });
  }
}
