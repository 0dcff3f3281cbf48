import { resourcesOfType as ofType, type Synthesis } from "../../testing";
import { statementsOf, type Statement } from "../support/aws/iam";

/** Statements of the policies of each role of a program, by the role's resource name. */
export function rolePolicies(synthesis: Synthesis): Map<string, Statement[]> {
  const roles = new Map(ofType(synthesis, "aws:iam/role:Role").map(({ name, outputs }) => [outputs["name"], name]));
  const statements = new Map([...roles.values()].map((name): [string, Statement[]] => [name, []]));
  for (const { inputs } of ofType(synthesis, "aws:iam/rolePolicy:RolePolicy")) {
    statements.get(roles.get(inputs["role"]) ?? "")?.push(...statementsOf(inputs["policy"]));
  }
  return statements;
}

/** Those of a caller, by its ARN. A role that AWS has the policy of may use no key. */
export function policiesOf(synthesis: Synthesis, arn: string): Statement[] {
  const role = ofType(synthesis, "aws:iam/role:Role").find(({ outputs }) => outputs["arn"] === arn);
  return rolePolicies(synthesis).get(role?.name ?? "") ?? [];
}
