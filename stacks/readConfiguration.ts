import * as pulumi from "@pulumi/pulumi";

import { findProblems } from "../components/checks";
import schema from "../components/schema.json";
import { nearest } from "../components/structure/nearest";
import { argumentsOf } from "../components/structure/schema";
import type { VideoBatchPipelineArgs } from "../index";
import { describeFormerKey } from "./formerKeys";
import { describeProblem, keyOf } from "./reportByKey";
import { isSecret, markSecret } from "./secrets";
import { fromText, typed } from "./values";

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
    args[key] = fromText(text);
    const former = describeFormerKey(project, key, args[key], isSecret(path));
    if (former !== undefined) {
      refused.set(key, former);
    } else if (!position) {
      refused.set(key, unknownKey(path, nearest(key, Object.keys(known)), project));
    } else {
      args[key] = typed(schema, position, position.type === "string" ? text : args[key]);
      const secret = isSecret(path) ? markSecret(schema, position, args[key]) : { value: args[key] };
      if (secret) args[key] = secret.value;
      else refused.set(key, notSecret(path, key));
    }
  }
  if (refused.size === 0) return args;
  // The component finds the same keys wrong, in other words, and leaves out what depends on them.
  const others = findProblems(name, args).filter(({ propertyPath }) => !refused.has(keyOf(propertyPath)));
  throw new pulumi.RunError(
    [...refused.values(), ...others.map((problem) => describeProblem(project, problem))].join("\n"),
  );
}

function unknownKey(path: string, meant: string | undefined, project: string): string {
  const remedy = meant === undefined ? "docs/configuration.md lists all keys." : `Did you mean ${project}:${meant}?`;
  return `${path} must not be configured: there is no argument of this name. ${remedy}`;
}

function notSecret(path: string, key: string): string {
  return `${path} must not be secret: it decides which resources exist, so it can't be hidden. Set it again with \`pulumi config set ${key} --plaintext\`.`;
}
