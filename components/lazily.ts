/**
 * An object whose members are made when they are first read. A check that reads one of them so depends only on what that one is made
 * from, and not on the other arguments, which may be wrong.
 */
export function lazily<T extends object>(makers: { [K in keyof Required<T>]: () => T[K] }): T {
  const object = {} as T;
  for (const key of Object.keys(makers) as (keyof T)[]) {
    Object.defineProperty(object, key, {
      enumerable: true,
      configurable: true,
      get() {
        const value = makers[key]();
        Object.defineProperty(object, key, { enumerable: true, value });
        return value;
      },
    });
  }
  return object;
}
