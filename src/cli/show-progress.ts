import cliProgress from 'cli-progress';
import type { Progress } from '../model/reading.ts';

/** Draws bars on a terminal and writes plain lines elsewhere, always to the stream for people, never to the answer's. */
export function showProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? drawBars(stream) : writeLines(stream);
}

function drawBars(stream: NodeJS.WriteStream): Progress {
  let bar: cliProgress.SingleBar | null = null;
  return {
    start(task, total) {
      bar?.stop();
      bar = new cliProgress.SingleBar(
        {
          stream,
          hideCursor: true,
          clearOnComplete: true,
          format:
            total === null
              ? `${task} {value} {note}`
              : `${task} {bar} {percentage}% · {eta_formatted} left {note}`,
        },
        cliProgress.Presets.shades_classic,
      );
      bar.start(total ?? 0, 0, { note: '' });
    },
    advance(done, note) {
      bar?.update(done, { note: note ?? '' });
    },
    finish(summary) {
      bar?.stop();
      bar = null;
      stream.write(`${summary}\n`);
    },
  };
}

function writeLines(stream: NodeJS.WriteStream): Progress {
  return {
    start(task) {
      stream.write(`${task} ...\n`);
    },
    advance() {
      // Plain lines tell the begin and the end; what lies between would only fill a log.
    },
    finish(summary) {
      stream.write(`${summary}\n`);
    },
  };
}
