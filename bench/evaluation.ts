import { measureNode, type Measurement } from "./child";

export interface EvaluationResult {
  definition: Measurement;
  imports: Measurement;
}

/** The aws modules that the component imports: what any program that makes these resources pays. */
const MODULES = ["batch", "cloudwatch", "ec2", "iam", "s3", "sfn", "sns"].map((name) => `@pulumi/aws/${name}`);

/** Evaluating the dev program and its definition, against only importing the packages that it uses. */
export async function measureEvaluation(): Promise<EvaluationResult> {
  const imports = MODULES.concat("@pulumi/awsx").map((name) => `require(${JSON.stringify(name)})`);
  return {
    definition: await measureNode("cli/main.ts", "definition", "--stack", "dev"),
    imports: await measureNode("-e", imports.join(";")),
  };
}
