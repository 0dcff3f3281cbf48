import { box, fullBox, uint32, uint64 } from "./boxes";

/** A sample with its final times, in ticks of the track's timescale. */
export interface TimedSample {
  dts: number;
  pts: number;
  duration: number;
  sync: boolean;
  data: Buffer;
}

const SYNC_FLAGS = 0x02000000;
const DEPENDENT_FLAGS = 0x01010000;

/** Writes one CMAF fragment: `moof` and `mdat`. The sequence number only has to increase within a track. */
export function writeFragment(sequence: number, samples: readonly TimedSample[]): Buffer {
  const first = samples[0];
  if (!first) throw new Error("A fragment needs at least one sample.");
  const table = samples.flatMap((sample) => [
    sample.duration,
    sample.data.length,
    sample.sync ? SYNC_FLAGS : DEPENDENT_FLAGS,
    sample.pts - sample.dts,
  ]);
  const describe = (dataOffset: number): Buffer =>
    box(
      "moof",
      fullBox("mfhd", 0, 0, uint32(sequence)),
      box(
        "traf",
        fullBox("tfhd", 0, 0x20000, uint32(1)),
        fullBox("tfdt", 1, 0, uint64(first.dts)),
        fullBox("trun", 0, 0xf01, uint32(samples.length, dataOffset, ...table)),
      ),
    );
  const length = describe(0).length;
  return Buffer.concat([describe(length + 8), box("mdat", ...samples.map(({ data }) => data))]);
}

/** The beginning of every media segment, which names the brands that it conforms to (ISO/IEC 23000-19). */
export const SEGMENT_TYPE = box("styp", Buffer.from("msdh"), uint32(0), Buffer.from("msdhcmfs"));
