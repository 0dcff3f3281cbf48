import { parseArn } from "../../contract/arn";

/** A Lambda function of the program that can run on this machine. */
export interface LocalFunction {
  arn: string;
  name: string;
  /** Folder of the code. */
  code: string;
  /** File and export, for example `index.handler`. */
  handler: string;
  runtime: string;
  /** Numbers of its published versions: none, or `1`. */
  versions: string[];
  timeoutSeconds: number;
  memoryMiB: number;
  environment: Record<string, string>;
}

/** A function and which version of it is called. */
export interface CalledFunction {
  called: LocalFunction;
  version: string;
}

const LATEST = "$LATEST";
const NAME =
  /^(?:(?:arn:[\w-]+:lambda:(?<region>[\w-]+):)?(?:(?<account>\d{12}):)?function:)?(?<name>[\w-]+)(?::(?<qualifier>[\w$-]+))?$/;

/** The service's error for a name that it doesn't take, or that no function has. */
export interface Refusal {
  error: string;
  cause: string;
}

/** The function that a call names, by name or by a whole or partial ARN; or why the service would refuse the name. */
export function findFunction(
  functions: readonly LocalFunction[],
  functionName: string,
  qualifier: string | undefined,
): CalledFunction | Refusal {
  const { name, region, account, qualifier: inName } = NAME.exec(functionName)?.groups ?? {};
  if (name === undefined) {
    return refusal(
      "InvalidParameterValue",
      `FunctionName must be the name or the ARN of a function. Received "${functionName}".`,
    );
  }
  if (inName !== undefined && qualifier !== undefined && inName !== qualifier) {
    return refusal(
      "InvalidParameterValue",
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  const version = inName ?? qualifier ?? LATEST;
  const called = functions.find((one) => {
    const own = parseArn(one.arn);
    return one.name === name && isSame(region, own.region) && isSame(account, own.account);
  });
  if (called && (version === LATEST || called.versions.includes(version))) return { called, version };
  const arn = functionName.startsWith("arn:") ? functionName : (called?.arn ?? functionName);
  const named = version === LATEST || inName !== undefined ? arn : `${arn}:${version}`;
  return refusal("ResourceNotFound", `Function not found: ${named}`);
}

/** What a name leaves out is the caller's own. */
function isSame(given: string | undefined, own: string): boolean {
  return given === undefined || given === own;
}

function refusal(name: string, cause: string): Refusal {
  return { error: `Lambda.${name}Exception`, cause };
}
