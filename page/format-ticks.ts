const DAY_MS = 86_400_000;

/** Names the moments of a time axis in UTC: days alone, or times with the day where one begins. */
export function formatTicks(moments: readonly number[], stepMs: number): string[] {
  return moments.map((atMs, index) => {
    const [day = '', time = ''] = new Date(atMs).toISOString().split('T');
    const short = index === 0 ? day : day.slice(5);
    if (stepMs >= DAY_MS) return short;
    const clock = time.slice(0, stepMs >= 60_000 ? 5 : 8);
    const previous = moments[index - 1];
    const isNewDay = previous === undefined || !new Date(previous).toISOString().startsWith(day);
    return isNewDay ? `${clock}\n${day}` : clock;
  });
}
