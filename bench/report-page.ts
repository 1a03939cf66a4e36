import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { buildReportPage } from '../scripts/build-report-page.ts';
import type { JudgedAudit } from '../src/model/judged-audit.ts';
import { renderReportHtml } from '../src/report/report-html.ts';
import { answerOf } from '../test/report/render-sample.ts';
import { incidentAudit, largeAudit } from '../test/report/sample-stories.ts';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const FINDINGS = 2_000;
const POINTS = 50_000;
const LIMIT_MS = 100;
const LIMIT_BYTES = 1.5e6;

/** Measures how long the page takes to answer with 2,000 findings and 50,000 points, until the frame after is drawn. */
export async function benchReportPage(): Promise<void> {
  const assets = await buildReportPage();
  const empty = Buffer.byteLength(assets.program) + Buffer.byteLength(assets.style);
  console.log(
    `report.html: its own assets ${(empty / 1e3).toFixed(0)} kB (at most ${LIMIT_BYTES / 1e3} kB)`,
  );
  if (!existsSync(CHROMIUM)) {
    console.log(`  interactions not measured: there is no Chromium at ${CHROMIUM}`);
    return;
  }
  const directory = mkdtempSync(join(tmpdir(), 'bench-page-'));
  const file = join(directory, 'report.html');
  writeFileSync(file, renderReportHtml({ ...answerOf(manyPoints()), assets }));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`file://${file}`);
    await page.waitForSelector('#timeline canvas');
    for (const [name, act] of INTERACTIONS) {
      const ms = await measure(page, act);
      console.log(
        `  ${name.padEnd(20)} ${ms.toFixed(0).padStart(4)} ms (at most ${LIMIT_MS}: ${ms <= LIMIT_MS ? 'ok' : 'TOO SLOW'})`,
      );
    }
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true });
  }
}

const INTERACTIONS: readonly (readonly [name: string, act: string])[] = [
  ['zoom in', `document.querySelector('[aria-label="Zoom in"]').click()`],
  ['move', `document.querySelector('[aria-label="Later"]').click()`],
  ['zoom out', `document.querySelector('[aria-label="Zoom out"]').click()`],
  ['everything', `document.querySelector('[aria-label="Show everything"]').click()`],
  [
    'search',
    `const field = document.querySelector('input[type=search]'); field.value = 'user.17'; field.dispatchEvent(new Event('input'))`,
  ],
  [
    'clear the search',
    `const box = document.querySelector('input[type=search]'); box.value = ''; box.dispatchEvent(new Event('input'))`,
  ],
  ['sort', `document.querySelectorAll('button.sort')[5].click()`],
  ['open a finding', `document.querySelector('button.toggle').click()`],
];

/** The median of five times. */
async function measure(page: Page, act: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const ms: unknown = await page.evaluate(`(() => {
      const start = performance.now();
      { ${act} }
      document.body.getBoundingClientRect();
      return new Promise((resolve) => queueMicrotask(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now() - start);
        requestAnimationFrame(() => channel.port2.postMessage(null));
      }));
    })()`);
    times.push(Number(ms));
  }
  return times.sort((one, other) => one - other)[2] ?? 0;
}

function manyPoints(): JudgedAudit {
  const judged = largeAudit(FINDINGS);
  const [user] = incidentAudit().investigations.users;
  const [row] = user?.timeline ?? [];
  if (user === undefined || row === undefined) return judged;
  const { sinceMs, untilMs } = judged.window;
  const timeline = Array.from({ length: POINTS }, (_, index) => ({
    ...row,
    atMs: Math.round(sinceMs + ((untilMs - sinceMs) * index) / POINTS),
    eventType: index % 3 === 0 ? 'user.session.start' : 'user.authentication.sso',
  }));
  return {
    ...judged,
    investigations: { ...judged.investigations, users: [{ ...user, timeline }] },
  };
}

if (import.meta.main) await benchReportPage();
