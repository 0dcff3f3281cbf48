/**
 * How decoders report that a part of a picture isn't the recorded one. A missing reference of H.264 isn't among it: a picture nearby takes
 * its place, where HEVC's decoder makes a grey one.
 */
export const CONCEALED =
  /concealing \d+ DC|Concealing bitstream errors|Could not find ref with POC|CABAC_MAX_BIN|error y=\d+ x=\d+|(?<!bytestream )overread \d+/;

/** How H.264's decoder remarks that pictures are missing before one: the number of that one, and of the one before. */
export const SKIPPED_NUMBERS = /Frame num gap \d+ \d+/;

/**
 * What decoders and encoders report of pictures that are as they were recorded. What is left may report damage, and a second look tells.
 */
const HARMLESS =
  /co located POCs unavailable|mmco: unref short failure|number of reference frames|reference picture missing|Missing reference picture|illegal short term buffer state|reference count/;

/** Lines of ffmpeg, from which it turns out whether a second look at what was decoded is worth it. */
export class DamageSigns {
  found = false;

  add(line: string, isError: boolean): void {
    // Pictures before the one at which decoding begins are missing too: the second look begins earlier.
    if (SKIPPED_NUMBERS.test(line) || CONCEALED.test(line) || (isError && !HARMLESS.test(line))) this.found = true;
  }
}
