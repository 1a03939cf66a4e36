import { toAuditError } from '../../../errors.ts';
import {
  endOfAccess,
  type SupportAccess,
  type SupportCase,
} from '../../../model/support-access.ts';
import { formatInstant } from '../../../model/time-window.ts';
import type { OktaTransport } from '../transport/transport.ts';
import {
  hasPassed,
  parseSupportCases,
  parseSupportSetting,
  type SupportSetting,
} from './parse-support.ts';

const SETTING_PATH = '/api/v1/org/privacy/oktaSupport';
const CASES_PATH = `${SETTING_PATH}/cases`;

const SETTINGS: readonly string[] = ['ENABLED', 'DISABLED'];
const IMPERSONATION_STATES: readonly string[] = [...SETTINGS, 'NOT_REQUESTED', 'REQUESTED'];
const SELF_ASSIGNED_STATES: readonly string[] = ['APPROVED', 'NOT_REQUIRED', 'REQUESTED'];

/** What one endpoint said, or why it said nothing. */
type Heard<Value> = { readonly value: Value } | { readonly reason: string };

/**
 * Asks whether Okta Support may enter the org now: by the org-wide setting, or by a case.
 * One source that says so is enough for `enabled`; `disabled` needs both; everything else is `unknown`, with the
 * reason. Never throws.
 */
export async function askSupportAccess({
  transport,
  nowMs,
}: {
  readonly transport: OktaTransport;
  readonly nowMs: number;
}): Promise<SupportAccess> {
  const setting = await ask(transport, { path: SETTING_PATH, parse: parseSupportSetting });
  const cases = await ask(transport, {
    path: CASES_PATH,
    parse: (body) => parseSupportCases(body, nowMs),
  });
  const isOrgOpen = 'value' in setting && isEnabled(setting.value, nowMs);
  const known = 'value' in cases ? cases.value : [];
  const listed = isOrgOpen ? addCaseOf(setting.value, known) : known;
  const open = listed.filter((entry) => entry.isOpen);
  if (isOrgOpen || open.length > 0) {
    const orgEnds = isOrgOpen ? [setting.value.expiresAtMs] : [];
    // A case that tells no end of its own ends with what the org has set.
    const ends = [...orgEnds, ...open.map((entry) => endOfAccess(entry) ?? latest(orgEnds))];
    const expiresAtMs = ends.includes(null) ? null : latest(ends);
    return { state: 'enabled', expiresAtMs, reason: joinReasons([setting, cases]), cases: listed };
  }
  const reason = joinReasons([setting, cases]) ?? describeStrangeness(setting, listed);
  if (reason !== null) return { state: 'unknown', expiresAtMs: null, reason, cases: listed };
  const lapse = describeLapse(setting, listed);
  return { state: 'disabled', expiresAtMs: null, reason: lapse, cases: listed };
}

async function ask<Value>(
  transport: OktaTransport,
  question: { readonly path: string; readonly parse: (body: unknown) => Value | null },
): Promise<Heard<Value>> {
  try {
    const reply = await transport.get(new URL(question.path, transport.origin), parseJson);
    if (reply.kind === 'failure') {
      const { message, hint } = reply.failure.error;
      return { reason: `${message} ${hint}` };
    }
    const value = question.parse(reply.content.value);
    return value === null
      ? { reason: `${transport.host} answered ${question.path} with something else.` }
      : { value };
  } catch (thrown) {
    const { message, hint } = toAuditError(thrown);
    return { reason: `${message} ${hint}` };
  }
}

/** In a wrapping, because JSON may be null. */
function parseJson(bytes: Buffer): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return null;
  }
}

function isEnabled({ support, expiresAtMs }: SupportSetting, nowMs: number): boolean {
  return support === 'ENABLED' && !hasPassed(expiresAtMs, nowMs);
}

/** Whoever asks may not see the case that the org was opened for, or no cases at all. */
function addCaseOf(
  { support, expiresAtMs, caseNumber }: SupportSetting,
  cases: readonly SupportCase[],
): readonly SupportCase[] {
  const isListed = cases.some((entry) => entry.isOpen && entry.caseNumber === caseNumber);
  if (caseNumber === null || isListed) return cases;
  const opened: SupportCase = {
    caseNumber,
    subject: null,
    impersonation: support,
    impersonationExpiresAtMs: expiresAtMs,
    selfAssigned: null,
    isOpen: true,
  };
  return [...cases, opened];
}

/** The same refusal of both endpoints is said once. */
function joinReasons(heard: readonly Heard<unknown>[]): string | null {
  const reasons = heard.flatMap((one) => ('reason' in one ? [one.reason] : []));
  return reasons.length === 0 ? null : [...new Set(reasons)].join(' ');
}

/** A word that Okta added later may mean that the tenant is open, and so may one that is missing. */
function describeStrangeness(
  setting: Heard<SupportSetting>,
  cases: readonly SupportCase[],
): string | null {
  const sentences = [
    ...('value' in setting ? describeStrange('the setting', setting.value.support, SETTINGS) : []),
    ...cases.flatMap(({ caseNumber, impersonation, selfAssigned }) => [
      ...describeStrange(`the access of case ${caseNumber}`, impersonation, IMPERSONATION_STATES),
      ...describeStrange(`the access of case ${caseNumber}`, selfAssigned, SELF_ASSIGNED_STATES),
    ]),
  ];
  return sentences[0] ?? null;
}

function describeStrange(what: string, word: string | null, known: readonly string[]): string[] {
  if (word === null) return [`Okta does not name the state of ${what}.`];
  if (known.includes(word)) return [];
  return [`Okta calls ${what} "${word.slice(0, 40)}", a state that this version does not know.`];
}

/** Okta may go on listing access as enabled after it has ended. */
function describeLapse(
  setting: Heard<SupportSetting>,
  cases: readonly SupportCase[],
): string | null {
  const isListed = 'value' in setting && setting.value.support === 'ENABLED';
  const ends = [
    isListed ? setting.value.expiresAtMs : null,
    ...cases.map((entry) =>
      entry.impersonation === 'ENABLED' ? entry.impersonationExpiresAtMs : null,
    ),
  ];
  const endMs = latest(ends);
  return endMs === null ? null : `Okta still lists access that ended at ${formatInstant(endMs)}.`;
}

function latest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((instant): instant is number => instant !== null);
  return known.length === 0 ? null : Math.max(...known);
}
