import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ReportPageAssets } from '../report/report-html.ts';

/**
 * Reads the program and the style sheet of `report.html`, which the build puts beside the bundles; null where they
 * are missing, as when running from the sources: the page is then a plain one. `programFile` is the program's own file.
 */
export async function readReportPage(
  programFile: string | undefined,
): Promise<ReportPageAssets | null> {
  if (programFile === undefined) return null;
  try {
    // A command line tool is started through a link that its package manager makes.
    const directory = dirname(await realpath(programFile));
    const [program, style] = await Promise.all([
      readFile(join(directory, 'report-page.js'), 'utf8'),
      readFile(join(directory, 'report-page.css'), 'utf8'),
    ]);
    return { program: program.trim(), style: style.trim() };
  } catch {
    return null;
  }
}
