/** A statement of a policy document. */
export interface Statement {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string>>;
}

export function allow(sid: string, actions: string[], resources: string[]): Statement {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: resources };
}

/** Merges the statements with the same `Sid`, in the order of their first appearance. */
export function mergeStatements(statements: Statement[]): Statement[] {
  const bySid = new Map<string, Statement>();
  for (const statement of statements) {
    const earlier = bySid.get(statement.Sid);
    bySid.set(statement.Sid, {
      ...statement,
      Action: unique([...(earlier?.Action ?? []), ...statement.Action]),
      Resource: unique([...(earlier?.Resource ?? []), ...statement.Resource]).sort(),
    });
  }
  return [...bySid.values()];
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)];
}
