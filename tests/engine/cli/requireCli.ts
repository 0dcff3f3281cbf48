import { installCli } from "./installation";

const MISSING =
  "The tests of the real Pulumi engine need the Pulumi CLI, or Go 1.21 to build it. Install Pulumi from https://pulumi.com/docs/iac/download-install or Go from https://go.dev/dl.";

/** The folder with the CLI. Skips a suite without one, which not everybody has or can build; fails it in CI. */
export function requireCli(
  test: { skip: () => never },
  env: NodeJS.ProcessEnv = process.env,
  say: (line: string) => void = (line) => process.stderr.write(line),
): string {
  const folder = installCli(env);
  if (folder !== undefined) return folder;
  if (env["CI"] === "true") throw new Error(MISSING);
  say(`Skipped: ${MISSING}\n`);
  return test.skip();
}
