import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { REPORT_FILES } from '../../../model/report-files.ts';
import { isPartial } from '../saved/partial-file.ts';

/** What a folder or a glob leads to and nobody means by it. */
export interface LeftOut {
  /** The file, or the folder that it lies in. */
  readonly path: string;
  readonly what: string;
}

const REPORT_NAMES: ReadonlySet<string> = new Set(Object.values(REPORT_FILES));
/** Three names that no other program writes into one folder. */
const TELLING = [REPORT_FILES.json, REPORT_FILES.evidence, REPORT_FILES.ocsf];

/**
 * Tells a file that this program wrote and that is no log: one of a report, whose evidence is but a choice of the log, or a pull
 * that has not ended. Null for any other.
 */
export function findOwnFile(path: string): LeftOut | null {
  if (isPartial(path)) return { path, what: 'a pull that has not ended' };
  const folder = dirname(path);
  const isReport =
    REPORT_NAMES.has(basename(path)) && TELLING.every((name) => existsSync(join(folder, name)));
  return isReport ? { path: folder, what: 'the report of an audit' } : null;
}
