import { listed, statementsOf } from "../../support/aws/iam";
import { textOf, type Existing, type Properties } from "./resourceType";

/** What Lambda sets itself. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_\w+|AWS_(ACCESS_KEY(_ID)?|SECRET_ACCESS_KEY|SESSION_TOKEN)|AWS_LAMBDA_RUNTIME_API|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;
const RUNTIMES =
  /^(nodejs2[024]\.x|python3\.(9|1[0-4])|java(11|17|21|25)|dotnet(8|10)|ruby3\.[2-4]|provided\.al2(023)?)$/;
const MAX_VARIABLES_BYTES = 4096;

/** Why Lambda refuses a function, if it does. @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export function refusalOfFunction({ inputs }: Existing, others: Existing[]): string | undefined {
  const problem = problemOfSettings(inputs) ?? problemOfVariables(inputs) ?? problemOfRole(inputs["role"], others);
  return problem && `InvalidParameterValueException: ${problem}`;
}

function problemOfSettings({
  packageType,
  runtime,
  handler,
  timeout = 3,
  memorySize = 128,
}: Properties): string | undefined {
  if (packageType !== "Image" && !RUNTIMES.test(String(runtime)))
    return `The runtime ${String(runtime)} is not supported.`;
  if (packageType !== "Image" && !/^\S{1,128}$/.test(textOf(handler) ?? ""))
    return "A function in a .zip file needs a handler.";
  if (!isWithin(timeout, 1, 900)) return `Timeout ${String(timeout)} is not between 1 and 900.`;
  return isWithin(memorySize, 128, 10_240)
    ? undefined
    : `MemorySize ${String(memorySize)} is not between 128 and 10240.`;
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function problemOfVariables({ environment }: Properties): string | undefined {
  const { variables = {} } = (environment ?? {}) as { variables?: Record<string, string> };
  const names = Object.keys(variables);
  const reserved = names.find((name) => RESERVED.test(name));
  if (reserved !== undefined) return `Lambda reserves the environment variable ${reserved}.`;
  const malformed = names.find((name) => !/^[a-zA-Z]\w+$/.test(name));
  if (malformed !== undefined)
    return `The environment variable ${malformed} needs two letters, digits or underscores, a letter first.`;
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  return bytes > MAX_VARIABLES_BYTES ? `The environment variables have ${bytes} bytes, and may have 4096.` : undefined;
}

/** A role of others is not looked at. */
function problemOfRole(arn: unknown, others: Existing[]): string | undefined {
  const role = others.find(({ type, outputs }) => type === "aws:iam/role:Role" && outputs["arn"] === arn);
  if (!role) return undefined;
  const trusts = statementsOf(role.inputs["assumeRolePolicy"]).some(
    ({ Effect, Principal }) =>
      Effect === "Allow" &&
      typeof Principal === "object" &&
      listed(Principal["Service"]).includes("lambda.amazonaws.com"),
  );
  return trusts ? undefined : "The role defined for the function cannot be assumed by Lambda.";
}
