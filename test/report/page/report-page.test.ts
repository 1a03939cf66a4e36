import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/model/time-window.ts';
import { toVisibleText } from '../../../src/report/escape/visible-text.ts';
import { hostileAudit, takeTurns } from '../hostile-audit.ts';
import { HOSTILE_TEXTS } from '../hostile-text.ts';
import { sampleFinding } from '../sample-audit.ts';
import { incidentAudit, largeAudit, newsAudit, quietAudit } from '../sample-stories.ts';
import { createPageOpener, hasChromium, listBarriers, type PageOpener } from './open-page.ts';

let opener: PageOpener;

describe.runIf(hasChromium())('report.html in Chromium', () => {
  beforeAll(async () => {
    opener = await createPageOpener();
  });
  afterAll(() => opener.close());

  it.each([
    ['an incident', incidentAudit()],
    ['a night with news', newsAudit()],
    ['a quiet night', quietAudit()],
    ['2,000 findings', largeAudit(2_000)],
  ])('opens %s from disk without any trouble', async (_name, judged) => {
    const { page, troubles } = await opener.open(judged);
    await page.waitForSelector('#timeline canvas');
    expect(troubles).toEqual([]);
    expect(await page.locator('section').first().getAttribute('class')).toContain('verdict');
  });

  it('lists each page to read more on its own line', async () => {
    const judged = incidentAudit();
    const url = 'https://example.com/advisory';
    const references = [1, 2].map((number) => ({ title: `Advisory ${number}`, url }));
    const { page } = await opener.open({ ...judged, scope: { ...judged.scope, references } });
    const read = page.getByRole('contentinfo').getByRole('listitem');
    expect(await read.allTextContents()).toEqual(['Advisory 1', 'Advisory 2']);
  });

  it('draws support access, findings and holes on the timeline', async () => {
    const { page } = await opener.open(incidentAudit());
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.locator('.in-view summary').click();
    await page.locator('.in-view li').first().waitFor();
    const list = await page.locator('.in-view').textContent();
    expect(list).toContain('Support access open, granted by dana.reyes@acme.example, not used');
    expect(list).toContain('Not read: the archive has no events in these hours');
    expect(list).toContain(
      'user.account.reset_password by system@okta.com on finance.director@acme.example',
    );
    expect(await countColours(page)).toBeGreaterThan(6);
  });

  it.each(['light', 'dark'] as const)(
    'explains every colour that it draws (%s)',
    async (scheme) => {
      const { page } = await opener.open(newsAudit(), { colorScheme: scheme });
      const kinds = ['support', 'support-used', 'session', 'hole', 'side-hole'];
      const points = ['changes', 'sign-ins', 'other'];
      const colours = await page.evaluate(
        `${JSON.stringify([...kinds, ...points])}.map((name) => {
        const sign = document.querySelector('.key-' + name);
        return sign && getComputedStyle(sign).backgroundColor;
      })`,
      );
      expect(colours).not.toContain(null);
      expect(new Set(colours as string[]).size).toBe(8);
    },
  );

  it('keeps two tables apart', async () => {
    const { page } = await opener.open(newsAudit());
    const [cases, times] = await page.locator('section:has(> h2:text("Support")) .scroll').all();
    const [above, below] = [await cases?.boundingBox(), await times?.boundingBox()];
    const endOfFirst = (above?.y ?? 0) + (above?.height ?? 0);
    expect(below?.y).toBeGreaterThan(endOfFirst + 10);
  });

  it('counts the events that it shows by hour, and draws no empty chart of none', async () => {
    const chart = { name: 'Events shown, by hour' };
    const { page } = await opener.open(incidentAudit());
    expect(await page.getByRole('heading', chart).count()).toBe(1);
    const { page: quiet, troubles } = await opener.open({ ...quietAudit(), findings: [] });
    await quiet.waitForSelector('#timeline canvas');
    expect(await quiet.getByRole('heading', chart).count()).toBe(0);
    expect(await quiet.locator('#timeline canvas').count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  it('draws what the archive has by hour, and names its families', async () => {
    const chart = { name: 'Records in the archive, by hour' };
    const { page: without } = await opener.open(incidentAudit());
    expect(await without.getByRole('heading', chart).count()).toBe(0);
    const judged = incidentAudit();
    const firstHour = judged.window.sinceMs / 3_600_000;
    const hours = Array.from({ length: 48 }, (_, hour) => [firstHour + hour, 1 + hour] as const);
    const families = [['user.<b>session', 2] as const];
    const sources = judged.coverage.sources.map((one) => ({ ...one, held: { hours, families } }));
    const { page, troubles } = await opener.open({
      ...judged,
      coverage: { ...judged.coverage, sources },
    });
    await page.getByRole('button', { name: 'Show everything' }).click();
    expect(await page.getByRole('heading', chart).count()).toBe(1);
    expect(await page.locator('#timeline canvas').count()).toBe(3);
    expect(await page.getByText('by the days on which each came').textContent()).toContain(
      'user.<b>session 2.',
    );
    expect(troubles).toEqual([]);
  });

  it('finds what stands in an event', async () => {
    const { page } = await opener.open(incidentAudit());
    await page.getByLabel('Search').fill('198.51.100.24');
    expect(await page.getByRole('status').textContent()).toBe('1 of 8 findings');
    expect(await listIds(page)).toEqual(['F-7Q2K4M9X']);
  });

  it('filters by severity, role and status together', async () => {
    const { page } = await opener.open(newsAudit());
    await page.getByLabel('Severity').selectOption('low');
    expect(await listIds(page)).toEqual(['F-5TRANGER', 'F-C0NTEX00', 'F-C0NTEX01']);
    await page.getByLabel('Counts as').selectOption('review');
    expect(await listIds(page)).toEqual(['F-5TRANGER']);
    await page.getByLabel('Status').selectOption('acknowledged');
    expect(await listIds(page)).toEqual([]);
  });

  it('says of no findings that there are none, and offers nothing to search', async () => {
    const { page, troubles } = await opener.open({ ...quietAudit(), findings: [] });
    expect(await page.getByRole('status').textContent()).toBe('no findings');
    expect(await page.locator('#findings').locator('form, table').count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('sorts by a column, back and forth, and tells it', async () => {
    const { page } = await opener.open(incidentAudit());
    const heading = page.getByRole('columnheader', { name: /since/ });
    await heading.getByRole('button').click();
    expect((await listIds(page))[0]).toBe('F-C0NTEX00');
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await heading.getByRole('button').click();
    expect((await listIds(page))[0]).toBe('F-2HK8VW3N');
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
  });

  it('opens the story of a finding with its raw record', async () => {
    const { page, troubles } = await opener.open(incidentAudit());
    await page.getByRole('button', { name: 'F-7Q2K4M9X' }).click();
    const story = page.locator('.story');
    await story.getByRole('button', { name: 'raw' }).first().click();
    const text = await story.textContent();
    expect(text).toContain('without a browser, a place or a transaction');
    expect(text).toContain('target.id eq "00ufinancedirector"');
    expect(text).toContain('"transaction": {');
    expect(text).toContain('    target: finance.director@acme.example');
    expect(troubles).toEqual([]);
    await story.getByRole('button', { name: 'raw' }).first().click();
    expect(await story.textContent()).not.toContain('"transaction": {');
  });

  it.each([
    [0, "It rests on Okta's setting for support access and not on an event."],
    [3, 'Its events lie outside what this run read; the report of the run that found it has them.'],
  ])(
    'does not look for the events of a finding that shows none of %i',
    async (eventCount, words) => {
      const finding = sampleFinding({ eventCount, events: [] });
      const judged = { ...quietAudit(), findings: [finding] };
      const { page } = await opener.open(judged, { hash: `#${finding.id}` });
      expect(await page.locator('.story').textContent()).toContain(words);
    },
  );

  it('opens the finding that its address names', async () => {
    const judged = largeAudit(500);
    const id = judged.findings[420]?.id ?? '';
    const { page } = await opener.open(judged, { hash: `#${id}` });
    expect(await page.locator('.story').count()).toBe(1);
    expect(await page.getByRole('button', { name: id }).getAttribute('aria-expanded')).toBe('true');
  });

  it('ignores an address that names nothing', async () => {
    const { page, troubles } = await opener.open(quietAudit(), { hash: '#%3Cscript%3E' });
    expect(await page.locator('.story').count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('zooms by button, key, drag and double-click', async () => {
    const { page } = await opener.open(newsAudit());
    const read = async (): Promise<number> => {
      const text = await page.locator('.in-view summary').textContent();
      const [since = '', until = ''] = text?.match(/\d{4}-\d\d-\d\d \d\d:\d\d/g) ?? [];
      return (Date.parse(`${until}Z`) - Date.parse(`${since}Z`)) / HOUR_MS;
    };
    const start = await read();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await read()).toBeCloseTo(start / 2, 0);
    await page.locator('.plot').first().focus();
    await page.keyboard.press('+');
    expect(await read()).toBeCloseTo(start / 4, 0);
    await page.keyboard.press('0');
    const whole = await read();
    expect(whole).toBeGreaterThan(start);
    const box = await page.locator('.u-over').first().boundingBox();
    if (box === null) throw new Error('there is no plot');
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + 40, { steps: 4 });
    await page.mouse.up();
    expect(await read()).toBeLessThan(whole / 3);
    await page.locator('.u-over').first().dblclick();
    expect(await read()).toBeCloseTo(whole, 0);
  });

  it('can be used with the keyboard alone', async () => {
    const { page } = await opener.open(incidentAudit());
    await page.getByLabel('Search').focus();
    await page.keyboard.type('ci-bootstrap');
    expect(await listIds(page)).toEqual(['F-2HK8VW3N']);
    const button = page.getByRole('button', { name: 'F-2HK8VW3N' });
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.story').count()).toBe(1);
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('F-2HK8VW3N');
    await page.keyboard.press('Enter');
    expect(await page.locator('.story').count()).toBe(0);
  });

  it('shows more rows on demand and all of them on paper', async () => {
    const { page } = await opener.open(largeAudit(250));
    expect(await listIds(page)).toHaveLength(100);
    await page.getByRole('button', { name: 'Show 100 more' }).click();
    expect(await listIds(page)).toHaveLength(200);
    expect(await page.getByRole('button', { name: /^Show (all )?\d/ }).allTextContents()).toEqual([
      'Show 50 more',
    ]);
    const paper = await page.pdf();
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await listIds(page)).toHaveLength(250);
  });

  it('draws the timeline as wide as the paper, and as wide as the screen again', async () => {
    const { page } = await opener.open(incidentAudit());
    const widthOf = () => page.evaluate("document.querySelector('#timeline canvas').clientWidth");
    const onScreen = await page.evaluate("document.querySelector('#timeline .plot').clientWidth");
    expect(await widthOf()).toBe(onScreen);
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(Number(await widthOf())).toBeLessThan(680);
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    expect(await widthOf()).toBe(onScreen);
  });

  it('gives a query to paste without the window that goes into other fields', async () => {
    const { page } = await opener.open(incidentAudit());
    await page.getByRole('button', { name: 'F-P93XAB5C' }).click();
    const story = page.locator('.story');
    expect(await story.locator('pre').first().textContent()).toBe(
      'eventType sw "user.session.impersonation"',
    );
    expect(await story.textContent()).toContain('since 2022-01-18T00:00:00.000Z until');
  });

  it('says a count of thousands and the end of a list as people write them', async () => {
    const { page } = await opener.open(largeAudit(1_200));
    await page.getByLabel('Search').fill('user.1');
    expect(await page.getByRole('status').textContent()).toMatch(/^\d+ of 1,200 findings$/);
    expect(await page.locator('ol li').first().textContent()).toMatch(/; and \d+ more findings\.$/);
  });

  it('prints no button that nobody can press', async () => {
    const { page } = await opener.open(incidentAudit());
    const controls = page.locator('.controls').first();
    expect(await controls.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await controls.isVisible()).toBe(false);
  });

  it.each([
    ['light', 'light' as const, 1200],
    ['dark', 'dark' as const, 1200],
    ['a phone', 'light' as const, 390],
  ])('shuts nobody out (%s)', async (_name, colorScheme, width) => {
    const { page, troubles } = await opener.open(newsAudit(), {
      colorScheme,
      viewport: { width, height: 844 },
    });
    await page.getByRole('button', { name: 'F-M4C7D2QA' }).click();
    expect(await listBarriers(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it('fits a phone without scrolling sideways', async () => {
    const { page } = await opener.open(incidentAudit(), { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: 'F-7Q2K4M9X' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });

  it('brings nothing of a hostile log to life, and finds it', async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      const texts = [...HOSTILE_TEXTS.slice(turn * 7), ...HOSTILE_TEXTS.slice(0, turn * 7)];
      const { page, troubles } = await opener.open(hostileAudit(takeTurns(texts)));
      await page.getByRole('button', { name: 'F-EV1DENCE' }).click();
      for (const button of await page.getByRole('button', { name: 'raw' }).all())
        await button.click();
      await page.evaluate(
        "for (const details of document.querySelectorAll('details')) details.open = true",
      );
      expect(await page.evaluate('window.pwned')).toBeUndefined();
      expect(
        await page.evaluate(
          `[...document.querySelectorAll('img, svg, iframe, object, embed, audio, video, base, link')].map(({ outerHTML }) => outerHTML)`,
        ),
      ).toEqual([]);
      expect(
        await page.evaluate(
          `[...document.querySelectorAll('a')].map(({ protocol }) => protocol).filter((one) => one !== 'https:' && one !== 'file:')`,
        ),
      ).toEqual([]);
      expect(await page.evaluate("document.querySelectorAll('script').length")).toBe(2);
      expect(troubles).toEqual([]);
      await page.context().close();
    }
  });

  it('keeps hostile text searchable', async () => {
    const judged = hostileAudit(takeTurns(HOSTILE_TEXTS));
    const [finding] = judged.findings;
    const login = toVisibleText(finding?.actor?.login ?? '');
    const { page } = await opener.open(judged);
    await page.getByLabel('Search').fill(login);
    expect(await listIds(page)).toContain(finding?.id);
  });
});

async function listIds(page: Awaited<ReturnType<PageOpener['open']>>['page']): Promise<string[]> {
  return page.locator('button.toggle').allTextContents();
}

/** How many colours the drawing has: an empty one has two or three. */
async function countColours(
  page: Awaited<ReturnType<PageOpener['open']>>['page'],
): Promise<number> {
  const count: unknown = await page.evaluate(`(() => {
    const canvas = document.querySelector('#timeline canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] > 250) colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    }
    return colours.size;
  })()`);
  return Number(count);
}
