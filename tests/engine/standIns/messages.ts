import { PropertyDiff, CheckResponse, CreateResponse, DiffResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ReadResponse, UpdateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import type { Created, Diff } from "./resources";
import type { Existing, Properties } from "./resourceType";

export function propertiesIn(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

/** Without the members that are undefined, which protobuf has no value for. */
export function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}

export function checked(inputs: Properties): CheckResponse {
  const response = new CheckResponse();
  response.setInputs(structOf(inputs));
  return response;
}

const { Kind } = PropertyDiff;
/** For each kind of difference: made in place, and made by a replacement. */
const KINDS = {
  ADD: [Kind.ADD, Kind.ADD_REPLACE],
  DELETE: [Kind.DELETE, Kind.DELETE_REPLACE],
  UPDATE: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;

export function diffed({ differences, deleteBeforeReplace }: Diff): DiffResponse {
  const response = new DiffResponse();
  response.setHasdetaileddiff(true);
  const { DIFF_SOME, DIFF_NONE } = DiffResponse.DiffChanges;
  response.setChanges(differences.length > 0 ? DIFF_SOME : DIFF_NONE);
  for (const { path, kind, replaces } of differences) {
    const difference = new PropertyDiff();
    difference.setKind(KINDS[kind][replaces ? 1 : 0]);
    difference.setInputdiff(true);
    response.getDetaileddiffMap().set(path, difference);
  }
  response.setDiffsList([...new Set(differences.map(({ path }) => topOf(path)))]);
  const replacing = differences.filter(({ replaces }) => replaces);
  response.setReplacesList([...new Set(replacing.map(({ path }) => topOf(path)))]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  return response;
}

function topOf(path: string): string {
  return path.split(/[.[]/)[0]!;
}

export function created({ id, outputs }: Created): CreateResponse {
  const response = new CreateResponse();
  if (id !== undefined) response.setId(id);
  response.setProperties(structOf(outputs));
  return response;
}

export function updated(outputs: Properties): UpdateResponse {
  const response = new UpdateResponse();
  response.setProperties(structOf(outputs));
  return response;
}

/** Without an id, the resource is gone. */
export function found(existing: Existing | undefined): ReadResponse {
  const response = new ReadResponse();
  if (!existing) return response;
  response.setId(existing.id);
  response.setProperties(structOf(existing.outputs));
  response.setInputs(structOf(existing.inputs));
  return response;
}
