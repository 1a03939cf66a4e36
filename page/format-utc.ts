/** `2022-01-21 10:14`, in UTC. */
export function formatMinute(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2022-01-21 10:14:07`, in UTC. */
export function formatSecond(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** One moment where both are the same minute, `2022-01-21 10:14 to 10:31` inside a day, else both in full. */
export function formatSpan(firstMs: number, lastMs: number): string {
  const first = formatMinute(firstMs);
  const last = formatMinute(lastMs);
  if (first === last) return first;
  return `${first} to ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last}`;
}
