import assert from "node:assert/strict";

/**
 * What a target of EventBridge gets: a placeholder in a text becomes text, one that stands alone becomes JSON.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transformed(
  { inputPaths, inputTemplate }: { inputPaths: Record<string, string>; inputTemplate: string },
  event: unknown,
): unknown {
  const used = new Set<string>();
  const value = (name: string): unknown => {
    const path = inputPaths[name];
    assert.ok(path !== undefined && path.startsWith("$."), `<${name}> has no path`);
    used.add(name);
    const found = path
      .slice(2)
      .split(".")
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], event);
    assert.notEqual(found, undefined, `the event has no ${path}, which would leave broken JSON`);
    return found;
  };
  const filled = inputTemplate.replace(/"[^"]*"|<(\w+)>/g, (piece, alone: string | undefined) =>
    alone === undefined
      ? piece.replace(/<(\w+)>/g, (_, name: string) => String(value(name)))
      : JSON.stringify(value(alone)),
  );
  assert.deepEqual([...used].sort(), Object.keys(inputPaths).sort());
  return JSON.parse(filled);
}
