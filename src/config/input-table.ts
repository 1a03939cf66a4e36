import { SEVERITIES } from '../model/severity.ts';

interface Row {
  readonly name: string;
  /** One or two sentences, in Markdown without line breaks. */
  readonly description: string;
  /** What action.yml fills in; null where giving the input must be told from not giving it, or there is no default. */
  readonly default: string | null;
  /** What applies when nothing is given, where action.yml has no default. */
  readonly otherwise?: string;
  /** A line each in the Action, a repeatable flag on the terminal. */
  readonly isList?: true;
  /** Never offered as a flag, because a command line is visible to others: taken from this variable instead. */
  readonly secretVariable?: string;
}

const SEVERITY_LIST = SEVERITIES.map((severity) => `\`${severity}\``).join(', ');

const ROWS = [
  {
    name: 'okta-org-url',
    description:
      'Your org, as `https://acme.okta.com`. Required unless only `archive` is read. An `-admin` host, a path or a trailing slash is corrected with a notice.',
    default: null,
  },
  {
    name: 'okta-client-id',
    description:
      'Client id of an Okta API service app (OAuth 2.0, preferred). Scopes: `okta.logs.read`, `okta.orgs.read`.',
    default: null,
  },
  {
    name: 'okta-private-key',
    description:
      'Private RSA key of the service app: PEM, PEM with literal `\\n`, or a JWK as JSON. Keep it in a secret.',
    default: null,
    secretVariable: 'OKTA_AUDIT_PRIVATE_KEY',
  },
  {
    name: 'okta-key-id',
    description: 'Key id (`kid`) of that key, where the app has more than one.',
    default: null,
  },
  {
    name: 'okta-api-token',
    description:
      'An SSWS API token, the alternative to the service app. Its owner needs a role that sees the whole log, such as Read-only Administrator. Giving both kinds is an error. Keep it in a secret.',
    default: null,
    secretVariable: 'OKTA_AUDIT_API_TOKEN',
  },
  {
    name: 'lookback-days',
    description: 'Rolling window of this many days (1 to 90), beginning at a UTC midnight.',
    default: null,
    otherwise: '`7`',
  },
  {
    name: 'since',
    description:
      'Begin of the window: an ISO 8601 instant, or a date, which means that whole UTC day. Overrides `lookback-days`.',
    default: null,
  },
  {
    name: 'until',
    description:
      'End of the window, exclusive: an instant, or a date (`2022-01-21` ends at 2022-01-22T00:00Z). Without `since`, the window begins `lookback-days` earlier.',
    default: null,
  },
  {
    name: 'incident',
    description:
      'Id of a known incident, or the path of an incident file (`*.yml`): sets window, checks and indicators.',
    default: null,
  },
  {
    name: 'archive',
    description:
      'Paths or globs of exported logs, one a line. With `okta-org-url` too, archive and live log are merged.',
    default: null,
    isList: true,
  },
  {
    name: 'pull',
    description:
      '`targeted` asks Okta only for the events that the checks need; `full` reads every event in the window.',
    default: 'targeted',
  },
  {
    name: 'focus',
    description:
      '`user:<login or id>`, `session:<id>` or `ip:<address or CIDR>`, one a line: adds that investigation to the report.',
    default: null,
    isList: true,
  },
  {
    name: 'rules',
    description: 'Paths or globs of your own Sigma rules, one a line, added to the built-in ones.',
    default: null,
    isList: true,
  },
  {
    name: 'config',
    description:
      'Tuning file: suppressions, rule levels and switches, own domains and networks, help desk, privileged users, support cases, placeholders.',
    default: null,
    otherwise: '`.github/okta-audit.yml`, where it exists',
  },
  {
    name: 'minimum-severity',
    description: `Findings below it are counted, not listed: ${SEVERITY_LIST}. Never changes the verdict.`,
    default: 'low',
  },
  {
    name: 'github-token',
    description: 'Token that may write issues (`issues: write`).',
    default: '${{ github.token }}',
    secretVariable: 'GITHUB_TOKEN',
  },
  {
    name: 'issue-repository',
    description: 'Repository of the issue, as `owner/name`. Keep it private.',
    default: '${{ github.repository }}',
  },
  {
    name: 'issue-labels',
    description: 'Labels of the issue, separated by commas or lines.',
    default: 'okta-audit',
    isList: true,
  },
  {
    name: 'issue-assignees',
    description: 'Assignees of a new issue, separated by commas or lines.',
    default: null,
    isList: true,
  },
  {
    name: 'issue-mentions',
    description:
      'Users or teams (`acme/security`) to mention in a comment about news, separated by commas or lines.',
    default: null,
    isList: true,
  },
  {
    name: 'publish',
    description: '`issue`, or `none` for a dry run: everything but writing to GitHub.',
    default: 'issue',
  },
  {
    name: 'allow-public-repository',
    description:
      'Set to `true` to publish findings although the repository is public. Almost nobody should.',
    default: 'false',
  },
  {
    name: 'report-directory',
    description: 'Where the report files are written, relative to the workspace.',
    default: 'okta-audit-report',
  },
  {
    name: 'fail-on',
    description: `\`never\`, or the lowest severity of an unreviewed finding that fails the step: ${SEVERITY_LIST}.`,
    default: 'never',
  },
  {
    name: 'fail-on-incomplete',
    description: 'Set to `true` to fail the step when coverage is not complete.',
    default: 'false',
  },
] as const satisfies readonly Row[];

export type InputName = (typeof ROWS)[number]['name'];

/** One input of the Action, which is also a flag of the terminal program and a row of the README. */
export interface InputRow extends Row {
  readonly name: InputName;
}

/** The whole contract of what can be asked; action.yml, flags, schema and documents follow from this table. */
export const INPUT_TABLE: readonly InputRow[] = ROWS;

/** Every input as the user wrote it, trimmed; the empty text where nothing was given. */
export type RawInputs = Readonly<Record<InputName, string>>;

/** One output of the Action. */
export interface OutputRow {
  readonly name: string;
  readonly description: string;
}

export const OUTPUT_TABLE = [
  {
    name: 'verdict',
    description: '`evidence-found`, `needs-review`, `no-evidence` or `not-assessable`.',
  },
  {
    name: 'finding-count',
    description: 'Findings with role evidence or review that are not suppressed.',
  },
  { name: 'new-finding-count', description: 'Those of them that no earlier run knew.' },
  {
    name: 'highest-severity',
    description: 'Of the unreviewed findings: a severity, or `none`.',
  },
  { name: 'support-access', description: '`enabled`, `disabled` or `unknown`.' },
  {
    name: 'support-access-expires-at',
    description: 'When support access ends, as an ISO 8601 instant; empty where nobody can tell.',
  },
  { name: 'coverage', description: '`complete`, `partial` or `none`.' },
  { name: 'issue-number', description: 'Number of the issue; empty without one.' },
  { name: 'issue-url', description: 'Address of the issue; empty without one.' },
  {
    name: 'issue-action',
    description: '`created`, `updated`, `unchanged`, `reopened`, `closed` or `none`.',
  },
  { name: 'report-directory', description: 'Where the report files are.' },
  { name: 'report-json', description: 'Path of `report.json`.' },
  { name: 'okta-requests', description: 'Requests made to the System Log API.' },
] as const satisfies readonly OutputRow[];

export type OutputName = (typeof OUTPUT_TABLE)[number]['name'];
