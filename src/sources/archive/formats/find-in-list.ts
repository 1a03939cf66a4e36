/** What a list holds, as `find` sees it. Where some of it holds a record, the others are given as they are, so that none is lost in silence. */
export function findInList(
  list: readonly unknown[],
  find: (value: unknown) => readonly unknown[],
): readonly unknown[] {
  const found = list.map((element) => ({ element, records: find(element) }));
  if (found.every(({ records }) => records.length === 0)) return [];
  return found.flatMap(({ element, records }) => (records.length === 0 ? [element] : records));
}
