import type { Readable } from "node:stream";

import type { Plan } from "../../contract/plan";
import { InputError, JobError } from "../errors";
import { paths } from "./paths";
import { ChangedMeanwhile, NOTHING } from "../storage/conditionalWrite";
import type { Body, MediaInput, Storage, StoredObject, WriteOptions } from "../storage/storage";

/**
 * The output of a job, as long as its plan is the output's plan.
 *
 * Executions that share an output share nothing else, and S3 has no locks and no transactions. What it has: every read sees
 * every earlier write, and a write can depend on what its object was. That is enough:
 *
 * - `plan.json` says whose the output is. The metadata job of a later execution writes its plan first, and then takes away
 *   the manifest and the playlists of others. Executions with the same plan are one: they do the same work, and what a record
 *   names are segments of one of them.
 * - Media have names of their plan, so late jobs of another plan touch none of it.
 * - For all other names, a job looks what is there, then whether the plan is still its own, and then writes in the place of
 *   what it saw, or removes that and nothing else. If the output changes hands after the look at the plan, either the new owner has not written that name
 *   yet, and will; or it has, and what the job saw is gone, so its write is refused.
 * - Packaging looks at the plan again when its manifest is there, and takes it away if it lost the output. A later owner
 *   that was too late to be seen then finds the manifest, since it takes manifests away after it wrote its plan.
 *
 * What is left is a job that is halted between its look and its write for as long as other executions take to change the
 * plan to another and back again, and that sees the same bytes as before.
 */
export class HeldOutput implements Storage {
  private constructor(
    private readonly storage: Storage,
    private readonly output: string,
    readonly plan: Plan,
    private readonly planText: string,
    private planEtag: string | undefined,
  ) {}

  /** @param fingerprint Of the plan that the job is to work for. Without one it works for whatever plan is there. */
  static async open(storage: Storage, output: string, fingerprint?: string): Promise<HeldOutput> {
    const uri = paths.plan(output);
    const etag = (await storage.stat(uri))?.etag;
    const text = await storage.readText(uri);
    if (text === undefined) throw new JobError(`There is no plan at ${uri}; run the metadata job first.`);
    const plan = JSON.parse(text) as Plan;
    if (plan.version !== 1)
      throw new InputError(`The plan at ${uri} has version ${String(plan.version)}; this worker reads version 1.`);
    if (fingerprint !== undefined && plan.fingerprint !== fingerprint) throw new InputError(lost(output));
    return new HeldOutput(storage, output, plan, text, etag);
  }

  /** Fails for good when the output has another plan by now. */
  async assertHeld(): Promise<void> {
    const uri = paths.plan(this.output);
    const etag = (await this.storage.stat(uri))?.etag;
    if (etag !== undefined && etag === this.planEtag) return;
    if ((await this.storage.readText(uri)) !== this.planText) throw new InputError(lost(this.output));
    this.planEtag = etag;
  }

  /**
   * Does what depends on the files that are there. If it fails when the output has another plan, that is the reason, and no
   * other attempt helps: whatever it missed, the new owner took away.
   */
  async during<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.assertHeld();
      throw error;
    }
  }

  async write(uri: string, body: Body, options: WriteOptions = {}): Promise<number> {
    const { replaces = (await this.storage.stat(uri))?.etag ?? NOTHING } = options;
    await this.assertHeld();
    try {
      return await this.storage.write(uri, body, { ...options, replaces });
    } catch (error) {
      // With `replaces`, the caller derived the text from what was there, and has to derive it again.
      if (!(error instanceof ChangedMeanwhile) || options.replaces !== undefined) throw error;
      // What came between may be a late write of the plan before, so it can't stand for this one, whatever its size.
      return this.write(uri, body, options);
    }
  }

  async remove(uri: string, etag?: string): Promise<void> {
    const there = etag ?? (await this.storage.stat(uri))?.etag;
    await this.assertHeld();
    if (there !== undefined) await this.storage.remove(uri, there);
  }

  stat(uri: string): Promise<StoredObject | undefined> {
    return this.storage.stat(uri);
  }

  readText(uri: string): Promise<string | undefined> {
    return this.storage.readText(uri);
  }

  openRead(uri: string): Promise<Readable> {
    return this.storage.openRead(uri);
  }

  readRange(uri: string, start: number, length: number): Promise<Buffer> {
    return this.storage.readRange(uri, start, length);
  }

  mediaInput(uri: string): Promise<MediaInput> {
    return this.storage.mediaInput(uri);
  }

  list(uri: string): Promise<Map<string, number>> {
    return this.storage.list(uri);
  }

  folders(uri: string): Promise<string[]> {
    return this.storage.folders(uri);
  }
}

function lost(output: string): string {
  return `${output} has another plan by now: another execution began there with another video or ladder. That one goes on, this one ends.`;
}
