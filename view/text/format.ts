import { clock } from "../../contract/clock";

/** `0:07`, `12:34` or `1:02:03`. */
export function clockTime(milliseconds: number): string {
  return clock(Math.max(0, Math.round(milliseconds / 1000)));
}

/** A duration with units: `0.4 s`, `12 s`, `3 min 20 s`, `1 h 2 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return [`${Math.floor(whole / 60)} min`, ...(whole % 60 ? [`${whole % 60} s`] : [])].join(" ");
  const minutes = Math.round(whole / 60);
  return [`${Math.floor(minutes / 60)} h`, ...(minutes % 60 ? [`${minutes % 60} min`] : [])].join(" ");
}

/** Bytes in powers of 1,000: `812 B`, `23.5 MB`. */
export function bytes(count: number): string {
  return scale(count, ["B", "kB", "MB", "GB", "TB"]);
}

/** Bits per second: `96 kbit/s`, `5.6 Mbit/s`. */
export function bitrate(bitsPerSecond: number): string {
  return scale(bitsPerSecond, ["bit/s", "kbit/s", "Mbit/s", "Gbit/s"]);
}

/** `1,024`. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** `1 job`, `2 jobs`. */
export function countNoun(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

function scale(value: number, units: string[]): string {
  let unit = 0;
  let rest = value;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${unit === 0 || rest >= 99.95 ? rest.toFixed(0) : rest.toFixed(1)} ${units[unit]}`;
}
