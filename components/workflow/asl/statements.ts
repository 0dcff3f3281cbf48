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

/** One statement for each `Sid`, with the resources of all that carry it, in the order of their first appearance. */
export function merged(statements: Statement[]): Statement[] {
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
