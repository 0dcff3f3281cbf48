import assert from "node:assert/strict";

import type { ProbeStream } from "../../../../worker/source/ffprobe/output";
import { Completeness } from "../../../../worker/source/refusals/completeness";

const video = (members: Partial<ProbeStream>): ProbeStream => ({
  ...{ index: 0, time_base: "1/1000", codec_type: "video", codec_name: "h264", width: 640, height: 360 },
  ...members,
});

describe("Completeness", () => {
  const streams = [video({ nb_frames: "10", start_pts: 0, duration_ts: 1000 })];
  function shortfall(packets: number, stderr: string): string | undefined {
    const completeness = new Completeness();
    for (let packet = 0; packet < packets; packet++) completeness.add(0, packet * 100, 100);
    return completeness.shortfall({ format: { format_name: "mov,mp4" }, streams }, stderr)?.sentence;
  }
  it("accepts a file with all frames", () => assert.equal(shortfall(10, ""), undefined));
  it("leaves to another count what an edit list could explain", () => {
    const probed = { format: { format_name: "mov,mp4" }, streams };
    const completeness = new Completeness();
    for (let packet = 0; packet < 5; packet++) completeness.add(0, packet * 100, 100);
    assert.equal(completeness.shortfall(probed, "")?.unlessEdited, true);
    assert.equal(completeness.shortfall(probed, "partial file")?.unlessEdited, undefined);
    assert.equal(completeness.hasAll(probed), false);
    for (let packet = 5; packet < 10; packet++) completeness.add(0, NaN, 0);
    assert.equal(completeness.hasAll(probed), true);
  });
  it("allows for an edit list at the end", () => assert.equal(shortfall(8, ""), undefined));
  it("finds a cut between frames", () =>
    assert.equal(
      shortfall(5, ""),
      "is cut off: its index lists 10 frames, and 5 are there; upload or export it again.",
    ));
  it("counts the whole length of a stream without a packet", () => {
    const sound = { ...video({ index: 1, nb_frames: "40", start_pts: 500, duration_ts: 1000 }), codec_type: "audio" };
    const completeness = new Completeness();
    for (let packet = 0; packet < 10; packet++) completeness.add(0, packet * 100, 100);
    assert.deepEqual(completeness.shortfall({ format: { format_name: "mov,mp4" }, streams: [...streams, sound] }, ""), {
      sentence: "is cut off: its index lists 40 packets of audio, and 0 are there; upload or export it again.",
      seconds: 1,
      what: "0 of 40 packets of audio that the index lists are there",
      unlessEdited: true,
    });
  });
  it("finds a cut within a frame", () =>
    assert.equal(
      shortfall(9, "partial file"),
      "is cut off: its index lists 10 frames, and 9 are there; upload or export it again.",
    ));
  it("finds a cut that only the demuxer reports", () =>
    assert.equal(
      shortfall(10, "File ended prematurely at pos. 3"),
      "is cut off: it ends in the middle of a frame; upload or export it again.",
    ));

  /** What a MOV lacks that is cut off, in which a second of PCM has 48,000 samples. */
  function shortfallOfCutPcm(heard: number) {
    const completeness = new Completeness();
    for (let packet = 0; packet < 10; packet++) completeness.add(0, packet * 100, 100);
    for (let at = 0; at < heard; at += 1024) completeness.add(1, at, Math.min(1024, heard - at));
    const pcm = { index: 1, codec_type: "audio", codec_name: "pcm_s16le", time_base: "1/48000", start_pts: 0 };
    const sound = { ...pcm, nb_frames: "48000", duration_ts: 48_000 } as ProbeStream;
    return completeness.shortfall({ format: { format_name: "mov,mp4" }, streams: [...streams, sound] }, "partial file");
  }
  it("doesn't take packets of PCM for the samples that an index lists", () => {
    assert.deepEqual(shortfallOfCutPcm(47_000), {
      ...{ sentence: "is cut off: it ends in the middle of a frame; upload or export it again.", seconds: 0 },
      what: "the file ends in the middle of a frame",
    });
    assert.deepEqual(shortfallOfCutPcm(24_000), {
      ...{ sentence: "is cut off: its audio ends before its header says; upload or export it again.", seconds: 0.5 },
      what: "its audio ends before its header says",
    });
  });

  /** What an MXF of 10 pictures lacks, without these, whose header is right about its sound. */
  function shortfallOfMxf(without: readonly number[], { heard = 1000, later = without.length } = {}) {
    const completeness = new Completeness();
    const units = Array.from({ length: 10 }, (_, unit) => unit).filter((unit) => !without.includes(unit));
    for (const unit of units) completeness.add(0, unit < (without[0] ?? 0) ? unit : unit - later, 1);
    completeness.add(1, 0, heard);
    const [picture, sound] = [
      video({ time_base: "1/10", start_pts: 0, duration_ts: 10 }),
      video({ duration_ts: 1000 }),
    ];
    const probed = { format: { format_name: "mxf" }, streams: [picture, { ...sound, index: 1, codec_type: "audio" }] };
    return completeness.shortfall(probed, "");
  }
  it("refuses an MXF without a picture, because of which those that follow would come too early", () => {
    assert.equal(shortfallOfMxf([]), undefined);
    assert.deepEqual(shortfallOfMxf([4]), {
      sentence:
        "has a hole: its header states 10 pictures, 9 are there, and nothing says when those behind the hole are shown; export it again.",
      ...{ seconds: 0.1, what: "the file has a hole", misplaces: true },
    });
  });
  it("leaves to its times where an MXF has a hole", () => assert.equal(shortfallOfMxf([4], { later: 0 }), undefined));
  it("takes an MXF that lacks sound too for one that is cut off", () =>
    assert.deepEqual(shortfallOfMxf([9], { heard: 900 }), {
      sentence: "is cut off: its header states 10 pictures, and 9 are there; upload or export it again.",
      ...{ seconds: 0.1, what: "its header states 10 pictures, and 9 are there" },
    }));

  /** What an MXF of 10 pictures lacks whose sound of some units is missing, with times that count what is there. */
  function soundOfMxf(units: readonly number[]) {
    const completeness = new Completeness();
    let heard = 0;
    for (let unit = 0; unit < 10; unit++) {
      completeness.add(0, unit, 1);
      if (units.includes(unit)) completeness.add(1, 100 * heard++, 100);
    }
    const streams = [
      video({ time_base: "1/10", start_pts: 0, duration_ts: 10 }),
      { ...video({ duration_ts: 1000, start_pts: 0 }), index: 1, codec_type: "audio" },
    ];
    return completeness.shortfall({ format: { format_name: "mxf" }, streams }, "");
  }
  it("refuses an MXF whose sound would come too early, because some of it is missing before", () => {
    assert.deepEqual(soundOfMxf([0, 1, 2, 4, 5, 6, 7, 8, 9]), {
      sentence:
        "has a hole in its sound: 0.10 seconds of what its header states are missing, and nothing says when what follows the hole is heard; export it again.",
      ...{ seconds: 0.1, what: "the file has a hole in its sound", misplaces: true },
    });
    assert.equal(soundOfMxf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), undefined);
    assert.equal(soundOfMxf([0, 1, 2, 3, 4, 5, 6, 7, 8]), undefined, "sound that ends with the unit before the last");
  });
});
