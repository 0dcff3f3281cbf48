/**
 * Reads what belongs to each item, in order, and some of it ahead, so that the latencies of the requests don't add up.
 *
 * @param hasRoom Whether another read may begin while these items are being read or wait for their turn.
 */
export async function* readAhead<T, R>(
  items: Iterable<T>,
  hasRoom: (waiting: readonly T[]) => boolean,
  read: (item: T) => Promise<R>,
): AsyncGenerator<[T, R]> {
  const waiting: T[] = [];
  const results: Promise<R>[] = [];
  const next = async (): Promise<[T, R]> => [waiting.shift() as T, await (results.shift() as Promise<R>)];
  for (const item of items) {
    while (waiting.length > 0 && !hasRoom([...waiting, item])) yield await next();
    const result = read(item);
    // eslint-disable-next-line no-restricted-syntax -- it is thrown when its turn comes, unless the reader has stopped before
    result.catch(() => undefined);
    waiting.push(item);
    results.push(result);
  }
  while (waiting.length > 0) yield await next();
}
