/**
 * Whether an event passes a metric filter of CloudWatch Logs, as far as our filters go: comparisons of texts with `*`, `NOT EXISTS`,
 * `= *` for a value that is there, joined by `&&` and `||` with parentheses.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function matchesFilter(pattern: string, event: unknown): boolean {
  const inner = /^\{ (.*) \}$/s.exec(pattern)?.[1];
  if (inner === undefined) throw new Error(`A filter for JSON stands in braces: ${pattern}`);
  const tokens = inner.match(/\(|\)|&&|\|\||\$[\w.-]+ (?:NOT EXISTS|= (?:"[^"]*"|\*))/g) ?? [];
  if (tokens.join("") !== inner.replace(/ (?=[&|(])|(?<=[&|(]) |(?<=\)) /g, "").replace(/\s*(&&|\|\|)\s*/g, "$1")) {
    throw new Error(`Not all of this is understood: ${pattern}`);
  }
  let at = 0;
  const either = (): boolean => {
    let result = both();
    while (tokens[at] === "||") {
      at++;
      const right = both();
      result = result || right;
    }
    return result;
  };
  const both = (): boolean => {
    let result = one();
    while (tokens[at] === "&&") {
      at++;
      const right = one();
      result = result && right;
    }
    return result;
  };
  const one = (): boolean => {
    const token = tokens[at++] ?? "";
    if (token !== "(") return holds(token, event);
    const result = either();
    if (tokens[at++] !== ")") throw new Error(`A parenthesis is not closed: ${pattern}`);
    return result;
  };
  const result = either();
  if (at !== tokens.length) throw new Error(`Something is left over: ${pattern}`);
  return result;
}

function holds(comparison: string, event: unknown): boolean {
  const [, path = "", what = ""] = /^\$\.([\w.-]+) (.*)$/s.exec(comparison) ?? [];
  const value = path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], event);
  if (what === "NOT EXISTS") return value === undefined;
  if (what === "= *") return value !== undefined;
  const wanted = JSON.parse(what.slice(2)) as string;
  const source = wanted.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*");
  return typeof value === "string" && new RegExp(`^${source}$`, "s").test(value);
}
