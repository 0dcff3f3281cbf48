import { realpath, stat } from "node:fs/promises";
import path from "node:path";

export interface ServedFile {
  path: string;
  size: number;
}

/** Errors of paths that lead nowhere: missing, below a file, too long, in a circle of links, without permission, with a zero byte. */
const NO_FILE = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EACCES", "EPERM", "ERR_INVALID_ARG_VALUE"]);

/**
 * The file of a decoded URL path below a folder. Absent if there is none, or if it is outside the folder, by dots as well as by links.
 *
 * @param root The folder without links in its path.
 */
export async function findServedFile(root: string, urlPath: string): Promise<ServedFile | undefined> {
  try {
    const file = await realpath(path.join(root, urlPath));
    if (!file.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) return undefined;
    const status = await stat(file);
    // A pipe or a device would never end.
    return status.isFile() ? { path: file, size: status.size } : undefined;
  } catch (error) {
    if (NO_FILE.has((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
