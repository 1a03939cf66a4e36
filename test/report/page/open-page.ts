import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildReportPage } from '../../../scripts/build-report-page.ts';
import type { JudgedAudit } from '../../../src/model/judged-audit.ts';
import { renderReportHtml } from '../../../src/report/report-html.ts';
import { answerOf } from '../render-sample.ts';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** False where there is no Chromium; a run for others to trust (CI=true) must have one. */
export function hasChromium(): boolean {
  if (existsSync(CHROMIUM)) return true;
  if (process.env['CI'] === 'true') throw new Error(`There is no Chromium at ${CHROMIUM}.`);
  process.stderr.write(
    `\nSKIPPED: the tests of report.html, because there is no Chromium at ${CHROMIUM} (set CHROMIUM_PATH).\n\n`,
  );
  return false;
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors, warnings, refused resources, requests and dialogs since the page was opened. */
  readonly troubles: readonly string[];
}

export interface PageOpener {
  open(
    judged: JudgedAudit,
    options?: BrowserContextOptions & { hash?: string },
  ): Promise<OpenedPage>;
  close(): Promise<void>;
}

/** Opens reports from disk, as somebody does who unpacked the artifact of a run. */
export async function createPageOpener(): Promise<PageOpener> {
  const assets = await buildReportPage();
  const directory = mkdtempSync(path.join(tmpdir(), 'report-page-'));
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox'],
  });
  let count = 0;

  return {
    async open(judged, { hash = '', ...options } = {}) {
      count += 1;
      const file = path.join(directory, `report-${count}.html`);
      writeFileSync(file, renderReportHtml({ ...answerOf(judged), assets }));
      const context = await browser.newContext({
        viewport: { width: 1200, height: 900 },
        ...options,
      });
      const page = await context.newPage();
      const troubles = watch(page, file);
      await page.goto(`file://${file}${hash}`);
      return { page, troubles };
    },
    async close() {
      await browser.close();
      rmSync(directory, { recursive: true });
    },
  };
}

function watch(page: Page, file: string): string[] {
  const troubles: string[] = [];
  page.on('console', (message) => troubles.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`file://${file}`)) troubles.push(`request: ${request.url()}`);
  });
  return troubles;
}

/** Rules that the page breaks and that shut somebody out, each with the elements. */
export async function listBarriers(page: Page): Promise<string[]> {
  const source = readFileSync(path.resolve('node_modules/axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const found: unknown = await page.evaluate(
    `axe.run(document).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).slice(0, 3).join(' | ')))`,
  );
  if (!Array.isArray(found)) throw new Error('axe gave no list');
  return found.map(String);
}
