/** A time as players show it: `0:07`, `12:34` or `1:02:03`. */
export function clock(wholeSeconds: number): string {
  const [hours, minutes] = [Math.floor(wholeSeconds / 3600), Math.floor((wholeSeconds % 3600) / 60)];
  const two = (value: number): string => String(value).padStart(2, "0");
  const seconds = two(wholeSeconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}
