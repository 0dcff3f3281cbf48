import type { Plan } from "../../contract/plan";
import { outputs } from "../../contract/outputs";
import { InputError, JobError } from "../errors/errors";
import { failAfter } from "../errors/log";
import { serialisePlan } from "../plan/makePlan";
import { NOTHING, PreconditionFailed } from "../storage/conditionalWrite";
import type { Body, Storage, StoredObject, WriteOptions } from "../storage/storage";
import { joinUri } from "../storage/uri";
import { retryOnConflict } from "./retryOnConflict";

/**
 * The output of a job, which the job may write as long as its plan is the output's plan. Paths are relative to the output, as in
 * `contract/outputs.ts`.
 *
 * Executions that write to the same output have only that output in common, and S3 has neither locks nor transactions. It does
 * guarantee that every read sees every earlier write, and that a write can depend on what its object was. That is enough:
 *
 * - `plan.json` says which plan owns the output. The metadata job of a later execution writes its plan first, and then removes the
 *   manifest and the playlists of others. Executions with the same plan count as one: they do the same work, and the segments that a
 *   record names were written by one of them.
 * - The names of media contain the mark of their plan, so a late job of another plan touches none of them.
 * - For every other name, a job reads what is there, then checks that the plan is still its own, and then replaces or removes
 *   exactly what it read. If the output gets another owner after that check, either the new owner has not written that name yet,
 *   and will; or it has, and then the object is no longer what the job read, so the job's write is refused.
 * - Packaging checks the plan again once its manifest is written, and removes the manifest if it lost the output. A later owner
 *   that came too late for this check finds the manifest itself, because it removes manifests after writing its plan.
 *
 * One case remains: a job that is suspended between its check and its write for as long as other executions take to change the plan
 * to another one and back again, and that finds the same bytes as before.
 */
export class OwnedOutput {
  private constructor(
    private readonly storage: Storage,
    private readonly ownership: Ownership,
    readonly plan: Plan,
  ) {}

  /**
   * The output of a job that has a plan to work for.
   *
   * @param fingerprint The plan's. Without one the job works for whatever plan is there.
   */
  static async open(storage: Storage, prefix: string, fingerprint?: string): Promise<OwnedOutput> {
    const uri = joinUri(prefix, outputs.plan);
    const etag = (await storage.stat(uri))?.etag;
    const text = await storage.readText(uri);
    if (text === undefined) throw new JobError(`There is no plan at ${uri}; run the metadata job first.`);
    const plan = JSON.parse(text) as Plan;
    if (plan.version !== 1)
      throw new InputError(`The plan at ${uri} has version ${String(plan.version)}; this worker reads version 1.`);
    if (fingerprint !== undefined && plan.fingerprint !== fingerprint) throw new InputError(lost(prefix));
    return new OwnedOutput(storage, new Ownership(storage, prefix, text, etag), plan);
  }

  /** Makes a plan the output's plan in place of any other. If it already is, `plan.json` stays as it is. */
  static async claim(storage: Storage, prefix: string, plan: Plan): Promise<OwnedOutput> {
    const text = await storage.readText(joinUri(prefix, outputs.plan));
    if (text === undefined || serialisePlan(JSON.parse(text) as Plan) !== serialisePlan(plan)) {
      await storage.write(joinUri(prefix, outputs.plan), serialisePlan(plan));
    }
    return OwnedOutput.open(storage, prefix, plan.fingerprint);
  }

  /** The same output for a part of its plan: what is left of it after failures. */
  narrowedTo(plan: Plan): OwnedOutput {
    return new OwnedOutput(this.storage, this.ownership, plan);
  }

  get prefix(): string {
    return this.ownership.prefix;
  }

  uri(path: string): string {
    return joinUri(this.prefix, path);
  }

  /** Fails for good when the output has another plan by now. */
  async assertOwned(): Promise<void> {
    await this.ownership.assert();
  }

  /**
   * Does work that depends on the files that are there. If the work fails after the output got another plan, that is the cause, and
   * no other attempt helps: the new owner removed what the work missed.
   */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      return failAfter(error, () => this.assertOwned());
    }
  }

  async write(path: string, body: Body, options: WriteOptions = {}): Promise<number> {
    const uri = this.uri(path);
    return retryOnConflict(uri, async () => {
      const { replaces = (await this.storage.stat(uri))?.etag ?? NOTHING } = options;
      await this.assertOwned();
      try {
        return await this.storage.write(uri, body, { ...options, replaces });
      } catch (error) {
        // With `replaces`, the caller derived the text from what was there, and has to derive it again.
        if (!(error instanceof PreconditionFailed) || options.replaces !== undefined) throw error;
        // The object in between may be a late write for the previous plan, so it can't stand for this one, whatever its size.
        return undefined;
      }
    });
  }

  /**
   * Writes media, whose names contain the mark of their encode. Only jobs of the same plan write these names, so nothing is checked.
   */
  async writeMedia(path: string, bytes: Buffer): Promise<void> {
    await this.storage.write(this.uri(path), bytes);
  }

  /** Replaces what was there when the text was derived. Returns whether it still was. */
  async replaceIfUnchanged(
    path: string,
    text: string,
    earlier: StoredObject | undefined,
    options: Omit<WriteOptions, "replaces"> = {},
  ): Promise<boolean> {
    try {
      await this.write(path, text, { ...options, replaces: earlier?.etag ?? NOTHING });
      return true;
    } catch (error) {
      if (error instanceof PreconditionFailed) return false;
      throw error;
    }
  }

  /** @param etag The only version to remove. Absent means the one that is there now. */
  async remove(path: string, etag?: string): Promise<void> {
    const uri = this.uri(path);
    const present = etag ?? (await this.storage.stat(uri))?.etag;
    await this.assertOwned();
    if (present !== undefined) await this.storage.remove(uri, present);
  }

  /** Removes what this job wrote, even after it lost the output, but nothing that another job has put in its place. */
  async removeIfOwn(path: string, text: string): Promise<void> {
    const etag = (await this.stat(path))?.etag;
    if (etag !== undefined && (await this.readText(path)) === text) await this.storage.remove(this.uri(path), etag);
  }

  stat(path: string): Promise<StoredObject | undefined> {
    return this.storage.stat(this.uri(path));
  }

  readText(path: string): Promise<string | undefined> {
    return this.storage.readText(this.uri(path));
  }

  /** A whole object of at most the size of a segment. */
  async readBytes(path: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of (await this.storage.openRead(this.uri(path))) as AsyncIterable<Buffer>)
      pieces.push(piece);
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  }

  /** Sizes by name of the objects directly in a directory, which ends in a slash. */
  list(directory: string): Promise<Map<string, number>> {
    return this.storage.list(this.uri(directory));
  }

  /** Names of the folders directly in a directory. */
  folders(directory: string): Promise<string[]> {
    return this.storage.folders(this.uri(directory));
  }
}

/** What a job saw of `plan.json` when it began. */
class Ownership {
  constructor(
    private readonly storage: Storage,
    readonly prefix: string,
    private readonly planText: string,
    private planEtag: string | undefined,
  ) {}

  async assert(): Promise<void> {
    const uri = joinUri(this.prefix, outputs.plan);
    const etag = (await this.storage.stat(uri))?.etag;
    if (etag !== undefined && etag === this.planEtag) return;
    if ((await this.storage.readText(uri)) !== this.planText) throw new InputError(lost(this.prefix));
    this.planEtag = etag;
  }
}

function lost(prefix: string): string {
  return `${prefix} now has another plan: another execution began there with another video or ladder. That execution continues, and this one ends.`;
}
