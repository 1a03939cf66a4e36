import type { OktaAccess, OktaCredentials } from '../model/audit-plan.ts';
import { LATE_DELIVERY_MS } from '../model/live-log.ts';
import { formatInstant } from '../model/time-window.ts';
import { INPUT_SCHEMA, type ParsedInputs } from './input-schema.ts';
import type { InputName, RawInputs } from './input-table.ts';

/** One input that has to be changed, under its own name. */
export interface InputProblem {
  readonly input: InputName;
  readonly message: string;
  /** The kind of a focus, where the problem is with one. */
  readonly focus?: string;
}

/** Inputs that hold, each for itself and all together. */
export interface CheckedInputs {
  readonly values: ParsedInputs;
  readonly okta: OktaAccess | null;
  /** Corrections that the user should know of. */
  readonly notices: readonly string[];
}

export type InputResult =
  | { readonly ok: true; readonly inputs: CheckedInputs }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

/** Which face asks: the Action must be able to write its issue, a terminal need not. */
export interface InputSituation {
  readonly nowMs: number;
  readonly needsIssue: boolean;
}

/** Validates every input strictly and gives all problems at once. */
export function parseInputs(raw: RawInputs, situation: InputSituation): InputResult {
  const parsed = INPUT_SCHEMA.safeParse(raw);
  if (!parsed.success) {
    const own = parsed.error.issues.map(toInputProblem);
    const broken = new Set(own.map((problem) => problem.input));
    const joint = findJointProblems({ raw, values: parseWhatHolds(raw), situation });
    return { ok: false, problems: [...own, ...joint.filter(({ input }) => !broken.has(input))] };
  }
  const values = parsed.data;
  const problems = findJointProblems({ raw, values, situation });
  if (problems.length > 0) return { ok: false, problems };
  const until = values.until === null ? null : Math.min(values.until, situation.nowMs);
  const notices = findNotices({ raw, values, situation });
  return {
    ok: true,
    inputs: { values: { ...values, until }, okta: toOktaAccess(values), notices },
  };
}

interface Joint {
  readonly raw: RawInputs;
  readonly values: Partial<ParsedInputs>;
  readonly situation: InputSituation;
}

function toInputProblem(issue: { path: readonly PropertyKey[]; message: string }): InputProblem {
  const [input, focus] = issue.path;
  return {
    input: String(input) as InputName,
    message: issue.message,
    ...(focus !== undefined && { focus: String(focus) }),
  };
}

/** Lets rules over several inputs speak although another input is wrong. */
function parseWhatHolds(raw: RawInputs): Partial<ParsedInputs> {
  const entries = Object.entries(INPUT_SCHEMA.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(raw[name as InputName]);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(entries);
}

function findJointProblems(joint: Joint): InputProblem[] {
  return [
    ...findSourceProblems(joint),
    ...findCredentialProblems(joint),
    ...findTimeProblems(joint),
    ...findIssueProblems(joint),
  ];
}

function findSourceProblems({ raw, values }: Joint): InputProblem[] {
  if (raw['okta-org-url'] !== '' || (values.archive ?? []).length > 0) return [];
  const message =
    'is required unless archive is given; write the address of your org, as https://acme.okta.com';
  return [{ input: 'okta-org-url', message }];
}

function findCredentialProblems({ raw, values }: Joint): InputProblem[] {
  const problems: InputProblem[] = [];
  const hasToken = raw['okta-api-token'] !== '';
  const hasClient = raw['okta-client-id'] !== '';
  const hasKey = raw['okta-private-key'] !== '';
  if (hasToken && (hasClient || hasKey)) {
    const message =
      'is given together with a service app; keep okta-client-id and okta-private-key, or this one';
    return [{ input: 'okta-api-token', message }];
  }
  const hasOrg = raw['okta-org-url'] !== '';
  // Whoever audits an archive alone may still have the key of another call in the environment.
  if (!hasOrg && (values.archive ?? []).length > 0) return [];
  if (hasClient && !hasKey) {
    problems.push({
      input: 'okta-private-key',
      message: 'is missing or empty; okta-client-id needs its private key',
    });
  }
  if (hasKey && !hasClient) {
    problems.push({
      input: 'okta-client-id',
      message: 'is missing or empty; okta-private-key needs its client id',
    });
  }
  if (!hasToken && !hasClient && !hasKey) {
    const message =
      'is missing or empty; okta-org-url needs okta-client-id with okta-private-key, or okta-api-token';
    problems.push({ input: 'okta-client-id', message });
  }
  return problems;
}

function findTimeProblems({ raw, values, situation }: Joint): InputProblem[] {
  const problems: InputProblem[] = [];
  const { since = null, until = null, incident = null } = values;
  const liveEndMs = situation.nowMs - LATE_DELIVERY_MS;
  if (since !== null && since >= situation.nowMs) {
    const message = `lies in the future; now is ${formatInstant(situation.nowMs)}`;
    problems.push({ input: 'since', message });
  } else if (since !== null && since >= liveEndMs && raw['okta-org-url'] !== '') {
    const message = `leaves nothing to read; Okta delivers some events late, so the window ends at ${formatInstant(liveEndMs)}`;
    problems.push({ input: 'since', message });
  }
  if (since !== null && until !== null && since >= until) {
    const message = `must be before until, which ends the window at ${formatInstant(until)}`;
    problems.push({ input: 'since', message });
  }
  if (incident !== null && (values['lookback-days'] ?? null) !== null) {
    const message =
      'cannot be given with incident, which has its own window; use since and until to narrow it';
    problems.push({ input: 'lookback-days', message });
  }
  return problems;
}

function findIssueProblems({ raw, situation }: Joint): InputProblem[] {
  if (!situation.needsIssue || raw.publish === 'none') return [];
  const inputs = ['github-token', 'issue-repository'] as const;
  return inputs
    .filter((input) => raw[input] === '')
    .map((input) => ({ input, message: 'is empty; give it, or set publish to none' }));
}

const CREDENTIALS = [
  'okta-client-id',
  'okta-private-key',
  'okta-key-id',
  'okta-api-token',
] as const satisfies readonly InputName[];

function findNotices({ raw, values, situation }: Joint & { values: ParsedInputs }): string[] {
  const notices: string[] = [];
  const org = values['okta-org-url'];
  if (org?.isCorrected) notices.push(`okta-org-url: read as ${org.origin}`);
  const unused = org === null ? CREDENTIALS.filter((input) => raw[input] !== '') : [];
  if (unused.length > 0) {
    notices.push(
      `okta-org-url: is not given, so Okta is not asked and ${unused.join(', ')} not used; only the archive is read`,
    );
  }
  if (values.until !== null && values.until > situation.nowMs) {
    notices.push(`until: "${raw.until}" lies in the future, so the window ends now`);
  }
  return notices;
}

function toOktaAccess(values: ParsedInputs): OktaAccess | null {
  const org = values['okta-org-url'];
  const credentials = toCredentials(values);
  if (org === null || credentials === null) return null;
  return { orgUrl: org.origin, credentials };
}

function toCredentials(values: ParsedInputs): OktaCredentials | null {
  const token = values['okta-api-token'];
  if (token !== null) return { kind: 'api-token', token };
  const clientId = values['okta-client-id'];
  const privateKey = values['okta-private-key'];
  if (clientId === null || privateKey === null) return null;
  return { kind: 'service-app', clientId, privateKey, keyId: values['okta-key-id'] };
}
