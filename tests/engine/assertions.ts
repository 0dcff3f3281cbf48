import { strict as assert } from "node:assert";

import type { Account } from "./standIns/account";

/** Worker images stay: executions that began with them name them, and the repository expires them. */
const IMAGES = /^docker-build:index:Image$/;

/** AWS refused nothing, and nothing was made that names or overwrites what it can't mean. */
export function assertNothingWrong({ refused, suspicious }: Account): void {
  const found = { refused: refused.splice(0), suspicious: suspicious.splice(0) };
  assert.deepEqual(found, { refused: [], suspicious: [] });
}

/** A project has nothing left in AWS besides images, and resources of types that are retained. */
export function assertGone(account: Account, project: string, retained: RegExp = IMAGES): void {
  const left = account.all().filter(({ urn }) => urn.includes(`::${project}::`));
  const types = left.map(({ type }) => type).filter((type) => !retained.test(type) && !IMAGES.test(type));
  assert.deepEqual([...new Set(types)], []);
}
