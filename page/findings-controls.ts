import { createElement } from './create-element.ts';
import { type FindingFilter, ROLE_ORDER, SEVERITY_ORDER, STATUS_ORDER } from './filter-findings.ts';

/** What the list of findings is searched and filtered with; each change is told as it is made. */
export function createControls(change: (filter: Partial<FindingFilter>) => void): HTMLFormElement {
  const search = createElement('input', {
    type: 'search',
    name: 'search',
    placeholder: 'login, address, event type, id',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  search.addEventListener('input', () => change({ search: search.value }));
  const form = createElement(
    'form',
    { class: 'controls no-print', role: 'search', 'aria-label': 'Findings' },
    createElement('label', {}, 'Search', search),
    createSelect('Severity', SEVERITY_ORDER, (severity) => change({ severity })),
    createSelect('Counts as', ROLE_ORDER, (role) => change({ role })),
    createSelect('Status', STATUS_ORDER, (status) => change({ status })),
  );
  form.addEventListener('submit', (event) => event.preventDefault());
  return form;
}

function createSelect(
  label: string,
  values: readonly string[],
  onChange: (value: string) => void,
): HTMLLabelElement {
  const select = createElement(
    'select',
    { name: label },
    createElement('option', { value: '' }, 'any'),
    ...values.map((value) => createElement('option', { value }, value)),
  );
  select.addEventListener('change', () => onChange(select.value));
  return createElement('label', {}, label, select);
}
