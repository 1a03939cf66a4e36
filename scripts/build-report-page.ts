import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface ReportPageFiles {
  readonly program: string;
  readonly style: string;
}

const root = join(import.meta.dirname, '..');

/** Bundles the program and the style sheet of `report.html`, the plot library included. */
export async function buildReportPage(): Promise<ReportPageFiles> {
  const { outputFiles } = await build({
    entryPoints: {
      'report-page': join(root, 'page/report-page.ts'),
      'report-style': join(root, 'page/report-page.css'),
    },
    outdir: 'unused',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['es2022'],
    charset: 'ascii',
    legalComments: 'inline',
    tsconfig: join(root, 'page/tsconfig.json'),
  });
  const read = (ending: string): string =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? '';
  return { program: read('report-page.js'), style: read('report-style.css') };
}

/** Writes both beside the bundles of the Action, from where they are put into the page. */
export async function saveReportPage(directory: string): Promise<void> {
  const { program, style } = await buildReportPage();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'report-page.js'), `${program}\n`);
  writeFileSync(join(directory, 'report-page.css'), `${style}\n`);
}
