import cliProgress from 'cli-progress';
import { clearUpAtEnd } from '../files/clear-up-at-end.ts';
import type { Progress } from '../model/reading.ts';
import { terminal } from '../report/escape/terminal.ts';

type ProgressStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Draws bars on a terminal and writes plain lines elsewhere, always to the stream for people, never to the answer's. */
export function showProgress(stream: ProgressStream): Progress {
  const shown = stream.isTTY ? drawBars(stream) : writeLines(stream);
  // Whoever packed an archive named the files in it.
  return {
    start: (task, total) => shown.start(terminal(task), total),
    advance: (done, note) => shown.advance(done, note === undefined ? note : terminal(note)),
    finish: (summary) => shown.finish(terminal(summary)),
  };
}

function drawBars(stream: ProgressStream): Progress {
  let bar: cliProgress.SingleBar | null = null;
  let name = '';
  let startedMs = 0;
  let isBytes = false;
  let callOff = (): void => {};
  const stop = (): void => {
    callOff();
    bar?.stop();
    bar = null;
  };
  return {
    start(task, total) {
      stop();
      name = task;
      startedMs = performance.now();
      isBytes = total !== null;
      bar = new cliProgress.SingleBar(
        {
          stream,
          hideCursor: true,
          clearOnComplete: true,
          formatTime: describeRest,
          format: isBytes
            ? `${task} {bar} {percentage}% · {rate} · {eta_formatted} left {note}`
            : `${task} · {value} events · {rate} {note}`,
        },
        cliProgress.Presets.shades_classic,
      );
      // A bar hides the cursor and lets no line wrap, which a terminal keeps beyond the program.
      callOff = clearUpAtEnd(stop);
      bar.start(total ?? 0, 0, { note: '', rate: describeRate(0, isBytes) });
    },
    advance(done, note) {
      const perSecond = done / Math.max((performance.now() - startedMs) / 1_000, 0.001);
      bar?.update(done, { note: note ?? '', rate: describeRate(perSecond, isBytes) });
    },
    finish(summary) {
      stop();
      stream.write(`${name}: ${summary}\n`);
    },
  };
}

/** `12.4 MB/s` of what has a size, `340 a second` of what is counted. */
function describeRate(perSecond: number, isBytes: boolean): string {
  return isBytes ? `${(perSecond / 1e6).toFixed(1)} MB/s` : `${Math.round(perSecond)} a second`;
}

/** What is not known yet comes as a word that is no number. */
const describeRest: cliProgress.TimeFormatter = (seconds, options, step) =>
  Number.isFinite(seconds) ? cliProgress.Format.TimeFormat(seconds, options, step) : '?';

function writeLines(stream: ProgressStream): Progress {
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
