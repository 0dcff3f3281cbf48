import {
  beginsUnit,
  counterOf,
  hasPayload,
  isDiscontinuous,
  beginsScrambled,
  NULL_PID,
  PAT_PID,
  pidOf,
  SYNC,
} from "./transportStream";

/** PIDs up to this one have tables (ISO 13818-1, table 2-3, and DVB's ETSI EN 300 468, table 1), which a piece may begin with in any order. */
const LAST_TABLE_PID = 0x1f;

/** Follows the counters of all PIDs (ISO 13818-1, 2.4.3.3). */
export class Counters {
  /** The PIDs of which packets are missing. */
  readonly jumped = new Set<number>();
  /** Those of which packets are missing where no other piece can begin, which has tables and then a unit at its beginning. */
  readonly inside = new Set<number>();
  /** Those of which packets are missing in the middle of a unit. */
  readonly within = new Set<number>();
  /** Those with units that are scrambled. */
  readonly scrambled = new Set<number>();
  private readonly last = new Map<number, number>();
  private readonly sinceTables = new Set<number>();

  add(packet: Buffer): void {
    const pid = pidOf(packet);
    if (packet[0] !== SYNC || pid === NULL_PID || !hasPayload(packet)) return;
    if (beginsScrambled(packet)) this.scrambled.add(pid);
    if (pid === PAT_PID) this.sinceTables.clear();
    const [last, counter] = [this.last.get(pid), counterOf(packet)];
    // A packet may come twice.
    const goesOn = last === undefined || counter === last || counter === (last + 1) % 16;
    if (!goesOn && !isDiscontinuous(packet)) {
      this.jumped.add(pid);
      if (!beginsUnit(packet)) this.within.add(pid);
      if (!beginsUnit(packet) || (pid > LAST_TABLE_PID && this.sinceTables.has(pid))) this.inside.add(pid);
    }
    this.last.set(pid, counter);
    this.sinceTables.add(pid);
  }
}
