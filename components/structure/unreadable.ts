/** Thrown by reading an argument whose structure is wrong. The check that reads it then reports nothing. */
class Unreadable extends Error {}

/** A copy whose members of these names can't be read. */
export function withUnreadable<T extends object>(args: T, names: string[]): T {
  const copy = { ...args };
  for (const name of names) {
    Object.defineProperty(copy, name, {
      enumerable: true,
      get() {
        throw new Unreadable(name);
      },
    });
  }
  return copy;
}

/** Without a declaration of what each check reads, none can be wrong. */
export function unlessUnreadable<T>(check: () => T[]): T[] {
  try {
    return check();
  } catch (error) {
    if (error instanceof Unreadable) return [];
    throw error;
  }
}
