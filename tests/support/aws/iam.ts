export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, string | string[]>;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A call that somebody makes, with what AWS knows of it. */
export interface Call {
  action: string;
  resource: string;
  context?: Record<string, string>;
}

/** A call of somebody whom the resource's own policy has to let in. */
export interface CallOf extends Call {
  principal: { kind: "Service" | "AWS"; name: string };
}

export const listed = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Statements of a document that is given as an object or as text. */
export function statementsOf(document: unknown): Statement[] {
  const parsed = typeof document === "string" ? (JSON.parse(document) as unknown) : document;
  return listed((parsed as { Statement: Statement | Statement[] }).Statement);
}

/** Whether a policy of a role allows a call: something allows it, and nothing denies it. */
export function allows(statements: Statement[], call: Call): boolean {
  const about = statements.filter((statement) => isAbout(statement, call));
  return about.some(({ Effect }) => Effect === "Allow") && !about.some(({ Effect }) => Effect === "Deny");
}

export function isAbout({ Action, Resource, Condition }: Statement, { action, resource, context = {} }: Call): boolean {
  return (
    listed(Action).some((pattern) => globOf(pattern, "i").test(action)) &&
    listed(Resource).some((pattern) => globOf(pattern).test(resource)) &&
    Object.entries(Condition ?? {}).every(([operator, wanted]) =>
      Object.entries(wanted).every(([key, values]) => holds(operator, listed(values), context[key])),
    )
  );
}

/**
 * Whether a statement of a resource's policy is about this caller. One for the root of an account is about nobody else: it only lets
 * the account's own policies decide.
 */
export function isFor({ Principal }: Statement, { kind, name }: CallOf["principal"]): boolean {
  if (Principal === "*") return true;
  const named = listed(Principal?.[kind]);
  return named.includes(name) || (kind === "AWS" && named.includes("*"));
}

/**
 * Whether a caller may use a key. KMS asks the key's policy, and the caller's own only where the key's lets the caller's account
 * decide.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function mayUseKey(keyPolicy: Statement[], own: Statement[], call: CallOf): boolean {
  const about = keyPolicy.filter((statement) => isAbout(statement, call));
  const direct = about.filter((statement) => isFor(statement, call.principal));
  if (direct.some(({ Effect }) => Effect === "Deny")) return false;
  const account = { kind: "AWS" as const, name: rootOf(call.principal.name) };
  const delegated = about.some((statement) => statement.Effect === "Allow" && isFor(statement, account));
  return direct.some(({ Effect }) => Effect === "Allow") || (delegated && allows(own, call));
}

/** The root of the account that a role belongs to. */
function rootOf(arn: string): string {
  return arn.replace(/:[^:]*$/, ":root");
}

/** Throws for an operator that it doesn't know, so that none is taken for granted. */
function holds(operator: string, values: string[], actual: string | undefined): boolean {
  switch (operator) {
    case "StringEquals":
    case "Bool":
      return actual !== undefined && values.includes(actual);
    case "StringLike":
      return actual !== undefined && values.some((value) => globOf(value).test(actual));
    case "ArnLike":
    case "ArnEquals":
      return actual !== undefined && values.some((value) => isArnLike(value, actual));
    // Of one value, as all are here.
    case "ForAnyValue:StringNotEquals":
      return actual !== undefined && !values.includes(actual);
    case "StringNotEquals":
      return actual === undefined || !values.includes(actual);
    case "ArnNotEquals":
      return actual === undefined || !values.some((value) => isArnLike(value, actual));
    default:
      throw new Error(`This condition is not known here: ${operator}`);
  }
}

/**
 * Each of the six parts of an ARN is compared by itself, so that `*` matches no colon but in the last one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function isArnLike(pattern: string, arn: string): boolean {
  const parts = (text: string): string[] => {
    const all = text.split(":");
    return [...all.slice(0, 5), all.slice(5).join(":")];
  };
  const wanted = parts(pattern);
  return parts(arn).every((part, index) => globOf(wanted[index]!).test(part));
}

/** `*` is any text and `?` any character, slashes and colons included. */
function globOf(pattern: string, flags = ""): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, `s${flags}`);
}
