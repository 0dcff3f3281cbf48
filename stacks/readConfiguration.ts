import * as pulumi from "@pulumi/pulumi";

import { findProblems } from "../components/checks";
import schema from "../components/schema.json";
import { nearest } from "../contract/nearest";
import { argumentsOf, type Members } from "../components/structure/schema";
import type { VideoBatchPipelineArgs } from "../index";
import { describeFormerKey } from "./formerKeys";
import { describeProblem, keyOf } from "./reportByKey";
import { isSecret, markSecret } from "./secrets";
import { fromText, isNested, valueOf } from "./values";

/**
 * The component's arguments from the stack's configuration, in which each argument is a key with its name and structure. The Pulumi CLI
 * accepts any key, so keys that are no arguments are refused here, together with everything that the component would refuse.
 */
export function readConfiguration(project: string, name: string): VideoBatchPipelineArgs {
  const { known } = argumentsOf(schema);
  const args: Record<string, unknown> = {};
  const refused = new Map<string, string>();
  for (const [path, text] of Object.entries(pulumi.runtime.allConfig())) {
    if (!path.startsWith(`${project}:`)) continue;
    const key = path.slice(project.length + 1);
    const position = Object.hasOwn(known, key) ? known[key] : undefined;
    args[key] = position ? valueOf(schema, position, text) : fromText(text);
    const former = describeFormerKey(project, key, args[key], isSecret(path));
    if (former !== undefined) {
      refused.set(key, former);
    } else if (!position) {
      refused.set(key, unknownKey(project, key, known));
    } else if (isNested(schema, position) && isBrokenJson(args[key])) {
      refused.set(key, brokenJson(path, args[key], isSecret(path)));
    } else {
      const secret = isSecret(path) ? markSecret(schema, position, args[key]) : { value: args[key] };
      if (secret) args[key] = secret.value;
      else refused.set(key, notSecret(path, key, args[key]));
    }
  }
  if (refused.size === 0) return args;
  // The component also reports these keys, in other words, and skips checks that depend on them.
  const others = findProblems(name, args).filter(
    ({ propertyPath }) => !refused.has(propertyPath) && !refused.has(keyOf(propertyPath)),
  );
  throw new pulumi.RunError(
    [...refused.values(), ...others.map((problem) => describeProblem(project, problem))].join("\n"),
  );
}

function unknownKey(project: string, key: string, known: Members["known"]): string {
  const path = `${project}:${key}`;
  if (keyOf(key) !== key && Object.hasOwn(known, keyOf(key))) {
    return `${path} must not be a key, because it is a path into ${project}:${keyOf(key)}. Set it again with \`pulumi config set --path '${key}'\`, and remove the key with \`pulumi config rm '${key}'\`.`;
  }
  const meant = nearest(key, Object.keys(known));
  const remedy = meant === undefined ? "docs/configuration.md lists all keys." : `Did you mean ${project}:${meant}?`;
  return `${path} must not be configured: there is no argument of this name. ${remedy}`;
}

/** Pulumi passes lists and objects of the stack's file as JSON, so that text in brackets is what somebody gave to \`config set\`. */
function isBrokenJson(value: unknown): value is string {
  return typeof value === "string" && /^\s*[[{]/.test(value);
}

function brokenJson(path: string, value: string, secret: boolean): string {
  const received = secret ? "Its value is secret and not shown." : `Received ${JSON.stringify(value)}.`;
  return `${path} must be JSON when it is set as text. ${received} Put names and texts in double quotes, or set each value with \`pulumi config set --path\`.`;
}

function notSecret(path: string, key: string, value: unknown): string {
  const remedy =
    typeof value === "object"
      ? "Set its secret values again with `pulumi config set --path … --plaintext`."
      : `Set it again with \`pulumi config set ${key} --plaintext\`.`;
  return `${path} must not be secret: it decides which resources exist, so it can't be hidden. ${remedy}`;
}
