import type { Progress } from '../model/reading.ts';

/**
 * Gives each of several reads that run side by side a progress of its own on one display: whichever begins first has
 * it, and the others say in a line when they are done.
 */
export function shareProgress(display: Progress, tell: (line: string) => void): () => Progress {
  let owner: Progress | null = null;
  return () => {
    let reading = '';
    const own: Progress = {
      start(task, total) {
        reading = task;
        if (owner !== null) return;
        owner = own;
        display.start(task, total);
      },
      advance(done, note) {
        if (owner === own) display.advance(done, note);
      },
      finish(summary) {
        if (owner !== own) {
          tell(`${reading}: ${summary}`);
          return;
        }
        owner = null;
        display.finish(summary);
      },
    };
    return own;
  };
}
