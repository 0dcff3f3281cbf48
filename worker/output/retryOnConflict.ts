import { JobError } from "../errors/errors";

/** Far more than jobs of one video that change the same file within the time that one of them needs for it. */
const MAX_ATTEMPTS = 500;

/**
 * Does work that another job may spoil by changing the same file, until it returns something other than undefined. It ends even if what is
 * read is never what was written.
 *
 * @param uri The file.
 */
export async function retryOnConflict<T>(uri: string, attempt: () => Promise<T | undefined>): Promise<T> {
  for (let left = MAX_ATTEMPTS; left > 0; left--) {
    const result = await attempt();
    if (result !== undefined) return result;
  }
  throw new JobError(
    `${uri} changed during each of ${MAX_ATTEMPTS} attempts to update it; another attempt of the job may succeed.`,
  );
}
