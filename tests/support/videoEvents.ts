import Ajv, { type ValidateFunction } from "ajv";

import { VIDEO_EVENTS } from "../../contract/videoEvents";
import schema from "../../contract/videoEvents.schema.json";

const ajv = new Ajv({ strict: false, formats: { "date-time": true } });
const anyKind = ajv.compile(schema);
const kinds = new Map<string, ValidateFunction>(
  Object.values(VIDEO_EVENTS).map((kind) => [
    kind,
    ajv.compile({ $ref: `#/definitions/${kind}`, definitions: schema.definitions }),
  ]),
);

/** What the package's schema has against the detail of an event: nothing if it is one of its kind, and of no other. */
export function detailProblems(kind: string, detail: unknown): string[] {
  const ofKind = kinds.get(kind);
  if (!ofKind) return [`There is no kind ${kind}.`];
  return [ofKind, anyKind].flatMap((validate) =>
    validate(detail) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`),
  );
}
