import { markup, type SafeHtml } from '../escape/html.ts';

const KEY: readonly (readonly [name: string, words: string])[] = [
  ['finding', 'finding, coloured by severity'],
  ['support bar', 'support access open'],
  ['support-used bar', 'open and used'],
  ['session bar', 'impersonation session'],
  ['changes', 'credential change'],
  ['sign-ins', 'sign-in'],
  ['other', 'other event'],
  ['hole bar', 'not read'],
  ['side-hole bar', 'not read, decides nothing'],
  ['frame bar', 'the time that decides'],
];

/** Where the program draws its timeline, with what its colours mean. */
export function htmlTimeline(): SafeHtml {
  return markup`<section id="timeline"><h2>Timeline (UTC)</h2>
<noscript><p>The timeline is drawn by this page's own program, which your viewer does not run.</p></noscript>
<ul class="key">${KEY.map(([name, words]) => markup`<li><i class="key-${name}"></i>${words}</li>`)}</ul>
</section>`;
}

/** Where the program lists the findings. */
export const HTML_FINDINGS_FRAME: SafeHtml = markup`<section id="findings"><h2>Findings</h2>
<noscript><p>The list is made by this page's own program, which your viewer does not run; report.md and findings.csv beside this file have every finding.</p></noscript>
</section>`;
