/** `2022-01-21 10:14`, in UTC. */
export function formatMinute(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2022-01-21 10:14:07`, in UTC. */
export function formatSecond(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
}
