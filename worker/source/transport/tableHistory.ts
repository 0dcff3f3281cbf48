import { readSections } from "./tables";
import { type Layout, layoutOf, PAT_PID } from "./transportStream";

/** A table of a transport stream, without its checksum. */
export interface Table {
  pid: number;
  section: Buffer;
  /** Where it is in the file for the first time, as far as it has been read. */
  position: number;
}

/** Tables beyond this number are not kept. */
const MOST = 1000;

/** Notes the tables of a transport stream while others read it. A file has to be read from its beginning. */
export class TableHistory {
  private readonly byContents = new Map<string, Table>();
  private readonly tablePids = new Set([PAT_PID]);
  private layout: Layout | undefined;

  add(start: number, bytes: Buffer): void {
    if (start === 0) this.layout ??= layoutOf(bytes);
    if (!this.layout) return;
    const { stride } = this.layout;
    const first = (stride - (start % stride)) % stride;
    readSections(bytes.subarray(first), this.layout, this.tablePids, (pid, section, at) => {
      const [key, position] = [`${pid} ${section.toString("base64")}`, start + first + at];
      const known = this.byContents.get(key);
      if (known) known.position = Math.min(known.position, position);
      else if (this.byContents.size < MOST) this.byContents.set(key, { pid, section: Buffer.from(section), position });
    });
  }

  /** In the order of the file. */
  get tables(): Table[] {
    return [...this.byContents.values()].sort((a, b) => a.position - b.position);
  }
}
