import * as pulumi from "@pulumi/pulumi";

import schema from "../components/schema.json";
import { nearest } from "../components/structure/nearest";
import { argumentsOf } from "../components/structure/schema";
import type { VideoBatchPipelineArgs } from "../index";
import { fromText, typed } from "./conversion";
import { findFormerKey } from "./formerKeys";
import { isSecret, markSecret } from "./secrets";

/**
 * The component's arguments from the stack's configuration, in which each argument is a key with its name and structure. The Pulumi CLI
 * accepts any key, so keys that are no arguments are refused here.
 */
export function readConfiguration(project: string): VideoBatchPipelineArgs {
  const { known } = argumentsOf(schema);
  const args: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [path, text] of Object.entries(pulumi.runtime.allConfig())) {
    if (!path.startsWith(`${project}:`)) continue;
    const key = path.slice(project.length + 1);
    const position = Object.hasOwn(known, key) ? known[key] : undefined;
    const former = findFormerKey(key, fromText(text));
    if (former) {
      problems.push(former.sentence(project, isSecret(path)));
    } else if (!position) {
      problems.push(unknownKey(path, nearest(key, Object.keys(known)), project));
    } else {
      const value = typed(schema, position, position.type === "string" ? text : fromText(text));
      const secret = isSecret(path) ? markSecret(schema, position, value) : { value };
      if (secret) args[key] = secret.value;
      else problems.push(notSecret(path, key));
    }
  }
  if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
  return args;
}

function unknownKey(path: string, meant: string | undefined, project: string): string {
  const remedy = meant === undefined ? "docs/configuration.md lists all keys." : `Did you mean ${project}:${meant}?`;
  return `${path} must not be configured: there is no argument of this name. ${remedy}`;
}

function notSecret(path: string, key: string): string {
  return `${path} must not be secret: it decides which resources exist, so it can't be hidden. Set it again with \`pulumi config set ${key} --plaintext\`.`;
}
