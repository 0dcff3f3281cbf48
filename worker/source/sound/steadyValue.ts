/** Notes when a value becomes another one. A few frames that differ may be damaged. */
export class SteadyValue<T> {
  private steady: T | undefined;
  private run: { value: T | undefined; from: number; length: number } = { value: undefined, from: NaN, length: 0 };

  /** @param sufficient How often in a row a value has to come. */
  constructor(private readonly sufficient: number) {}

  /** @returns Since when the value is another one, if this is the time that makes it so. */
  add(value: T, at: number): number | undefined {
    if (value !== this.run.value) this.run = { value, from: at, length: 0 };
    this.run.length += 1;
    if (this.run.length < this.sufficient || value === this.steady) return undefined;
    const isFirst = this.steady === undefined;
    this.steady = value;
    return isFirst ? undefined : this.run.from;
  }
}
