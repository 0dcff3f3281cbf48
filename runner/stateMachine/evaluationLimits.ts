import type jsonata from "jsonata";

const MAX_MS = 10_000;
const MAX_DEPTH = 1_000;

/** JSONata calls what is bound to these names when it begins and ends to evaluate a part of an expression. */
const ENTRY = Symbol.for("jsonata.__evaluate_entry");
const EXIT = Symbol.for("jsonata.__evaluate_exit");

/** No expression can read a variable with a space in its name. */
const USAGE = "what an evaluation uses";

interface Usage {
  deadline: number;
  depth: number;
}

interface Environment {
  lookup: (name: string) => unknown;
}

/** The bindings of one evaluation, which may take a limited time and recurse to a limited depth. */
export function withinLimits<T extends object>(bindings: T, milliseconds = MAX_MS): T {
  const usage: Usage = { deadline: Date.now() + milliseconds, depth: 0 };
  return { ...bindings, [USAGE]: usage };
}

/** Makes evaluations of an expression end when they exceed their limits: JSONata 2.0 has none of its own. */
export function enforceLimits(expression: jsonata.Expression): void {
  // The declared type knows only names of variables.
  const assign = (name: symbol, value: unknown): void => expression.assign(name as unknown as string, value);
  const usageIn = (environment: Environment): Usage => environment.lookup(USAGE) as Usage;
  assign(ENTRY, (_part: unknown, _input: unknown, environment: Environment) => {
    const usage = usageIn(environment);
    usage.depth += 1;
    if (usage.depth > MAX_DEPTH) throw new Error(`It is nested more than ${MAX_DEPTH} levels deep.`);
    if (Date.now() > usage.deadline) throw new Error("It takes too long: a function may call itself forever.");
  });
  assign(EXIT, (_part: unknown, _input: unknown, environment: Environment) => {
    usageIn(environment).depth -= 1;
  });
}
