import { measureCli, measureNode } from "./child";
import { measureRounds, ratioRow, type Row } from "./rows";

/** The aws modules that the component imports. Any program that creates these resources has to load them. */
const MODULES = ["batch", "cloudwatch", "ec2", "iam", "s3", "sfn", "sns"].map((name) => `@pulumi/aws/${name}`);

/** Compares evaluating the dev program and its definition with only importing the packages that it uses. */
export async function evaluation(rounds: number): Promise<Row[]> {
  const imports = MODULES.concat("@pulumi/awsx").map((name) => `require(${JSON.stringify(name)})`);
  const measured = await measureRounds(rounds, async () => ({
    definition: await measureCli("definition", "--stack", "dev"),
    imports: await measureNode("-e", imports.join(";")),
  }));
  const row = (what: string, value: "seconds" | "peakMiB"): Row =>
    ratioRow(
      what,
      measured.map(({ definition }) => definition[value]!),
      measured.map(({ imports }) => imports[value]!),
      "importing the aws modules that it uses",
    );
  return [row("evaluate dev and its definition, s", "seconds"), row("… peak memory, MiB", "peakMiB")];
}
