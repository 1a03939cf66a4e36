/** The look of `report.html`: system fonts, light and dark by the reader's setting, readable on paper and on a phone. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --page: #ffffff; --panel: #f6f8fa; --link: #0550ae;
  --critical: #a40e26; --high: #a33a00; --medium: #7a5200; --low: #0550ae; --informational: #57606a; --calm: #116329;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --soft: #9ea7b3; --line: #3d444d; --page: #0d1117; --panel: #161b22; --link: #79b8ff;
    --critical: #ff9492; --high: #ffb077; --medium: #f0c674; --low: #8cc2ff; --informational: #9ea7b3; --calm: #7ee2a0;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; color: var(--text); background: var(--page);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
a { color: var(--link); }
code, pre, time { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.9em; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; overflow-x: auto; white-space: pre-wrap; }
.verdict { border-left: 0.4rem solid var(--low); background: var(--panel); border-radius: 6px; padding: 0.75rem 1rem; font-size: 1.05rem; }
.verdict p { margin: 0.4rem 0; }
.verdict.CAUTION { border-color: var(--critical); } .verdict.WARNING { border-color: var(--medium); }
.verdict.NOTE { border-color: var(--calm); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0.75rem; padding: 0; margin: 1rem 0; }
.facts div { background: var(--panel); border: 1px solid var(--line); border-top: 0.25rem solid var(--line); border-radius: 6px; padding: 0.5rem 0.75rem; }
.facts dt { color: var(--soft); font-size: 0.85rem; } .facts dd { margin: 0; font-weight: 700; font-size: 1.35rem; line-height: 1.3; }
.facts dd.note { color: var(--soft); font-weight: 400; font-size: 0.85rem; }
.facts .tone-calm { border-top-color: var(--calm); } .facts .tone-medium { border-top-color: var(--medium); }
.facts .tone-critical { border-top-color: var(--critical); }
ol li { margin: 0.3rem 0; }
.scroll { overflow-x: auto; } .scroll + .scroll { margin-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; overflow-wrap: normal; }
.time { white-space: nowrap; }
td { min-width: 4.5rem; max-width: 34rem; overflow-wrap: break-word; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.4rem 0.75rem; }
summary { cursor: pointer; }
.severity { font-weight: 700; } .critical { color: var(--critical); } .high { color: var(--high); }
.medium { color: var(--medium); } .low { color: var(--low); } .informational { color: var(--informational); }
.soft { color: var(--soft); }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.85rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .no-print { display: none; } details, tr { break-inside: avoid; } pre { white-space: pre-wrap; }
  h2 { break-after: avoid; } .scroll { overflow-x: visible; }
  table { font-size: 0.8rem; } th, td { padding: 0.25rem 0.4rem; } td { min-width: 3rem; }
  td:has(code) { min-width: 8rem; } td code { overflow-wrap: anywhere; }
}
`;
