/** Without a word Node starts so many. Source: https://nodejs.org/api/cli.html#uv_threadpool_sizesize */
const DEFAULT_THREADS = 4;
/** A single one would let everybody wait while a name is looked up. */
const LEAST_THREADS = 2;
const VARIABLE = 'UV_THREADPOOL_SIZE';

/**
 * Lets Node inflate on no more threads than there are cores, unless somebody has chosen a number.
 * With more, the system tends to wake one behind a core that is busy while another core is idle: two gzip files on two cores took
 * a seventh longer. Node looks at the number when it first needs these threads, so that a face says it before all else.
 */
export function limitPoolThreads(env: NodeJS.ProcessEnv, cores: number): void {
  if (cores >= DEFAULT_THREADS) return;
  env[VARIABLE] ??= String(Math.max(cores, LEAST_THREADS));
}
