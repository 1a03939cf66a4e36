import { showFindings } from './findings-table.ts';
import { readPageDocument } from './read-page-document.ts';
import { showTimeline } from './timeline.ts';

const page = readPageDocument();
const findings = showFindings(page);
showTimeline(page, (id) => {
  history.replaceState(null, '', `#${id}`);
  findings.open(id);
});

function openNamed(): void {
  if (location.hash.length > 1) findings.open(decodeURIComponent(location.hash.slice(1)));
}

window.addEventListener('hashchange', openNamed);
openNamed();
