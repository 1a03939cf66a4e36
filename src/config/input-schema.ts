import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { Focus, Repository } from '../model/audit-plan.ts';
import { findNameMistake } from '../model/find-name-mistake.ts';
import { isGitHubName } from '../model/is-github-name.ts';
import { isInQuotes } from '../model/is-in-quotes.ts';
import { SEVERITIES } from '../model/severity.ts';
import { INSTANT_FORM, parseInstant, type WindowEnd } from '../yaml/parse-instant.ts';
import type { InputName } from './input-table.ts';

const Text = z.string().transform((text) => (text === '' ? null : text));

const SplitLines = z.string().transform((text) => splitList(text, /\r?\n/));

const SplitWords = z.string().transform((text) => splitList(text, /[\r\n,]+/));

/** People write `@octocat` as well. */
const Names = SplitWords.transform((names) => names.map((name) => name.replace(/^@/, '')));

const AddressOrRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** What each input must look like; every message says what to write instead. */
export const INPUT_SCHEMA = z.strictObject({
  'okta-org-url': z.string().transform(parseOrgUrl),
  'okta-client-id': Text,
  'okta-private-key': z.string().transform(parsePrivateKey),
  'okta-key-id': Text,
  'okta-api-token': z
    .string()
    .transform((text, context) => parseToken(text.replace(/^SSWS\s+/i, ''), context)),
  'lookback-days': z.string().transform(parseLookbackDays),
  since: instantOf('since'),
  until: instantOf('until'),
  incident: Text,
  archive: SplitLines,
  pull: choiceOf(['targeted', 'full']),
  focus: SplitLines.transform(parseFocusLines),
  rules: SplitLines,
  config: Text,
  'minimum-severity': choiceOf(SEVERITIES),
  'github-token': z.string().transform(parseToken),
  'issue-repository': z.string().transform(parseRepository),
  'issue-labels': SplitWords,
  'issue-assignees': Names,
  'issue-mentions': Names.transform(parseMentions),
  publish: choiceOf(['issue', 'none']),
  'allow-public-repository': choiceOf(['true', 'false']).transform((text) => text === 'true'),
  'report-directory': z.string().min(1, 'write the path of a directory, such as okta-audit-report'),
  'fail-on': choiceOf(['never', ...SEVERITIES]),
  'fail-on-incomplete': choiceOf(['true', 'false']).transform((text) => text === 'true'),
} satisfies Record<InputName, z.ZodType>);

export type ParsedInputs = z.output<typeof INPUT_SCHEMA>;

/** An org's origin, and whether the text had to be corrected to it. */
export interface OrgUrl {
  readonly origin: string;
  readonly isCorrected: boolean;
}

type Refinement = z.RefinementCtx;

function choiceOf<const Choices extends readonly string[]>(choices: Choices) {
  return z.enum(choices, { error: `write one of ${choices.join(', ')}` });
}

function parseOrgUrl(text: string, context: Refinement): OrgUrl | null {
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^[^-.]/.test(url.hostname) || !['https:', 'http:'].includes(url.protocol)) {
    return refuse(context, 'is not a URL; write the address of your org, as https://acme.okta.com');
  }
  if (url.username !== '' || url.password !== '') {
    return refuse(context, 'holds a user name or password; write https://acme.okta.com alone');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refuse(context, `must be https; write https://${url.host}`);
  }
  const hostname = url.hostname.replace(/\.$/, '');
  const [label = '', ...domain] = hostname.split('.');
  const isConsole = isOktaDomain(domain) && label.endsWith('-admin');
  url.hostname = isConsole ? [label.slice(0, -'-admin'.length), ...domain].join('.') : hostname;
  return { origin: url.origin, isCorrected: url.origin !== text };
}

function isOktaDomain(domain: readonly string[]): boolean {
  return ['okta', 'oktapreview', 'okta-emea', 'okta-gov', 'trexcloud'].includes(domain[0] ?? '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** Service apps sign with RSA: the SDK's proof of possession knows no other key. */
function parsePrivateKey(text: string, context: Refinement): string | null {
  if (text === '') return null;
  const key = text.replaceAll('\\r', '').replaceAll('\\n', '\n');
  const expected = 'write the RSA private key of the service app as PEM or JWK';
  try {
    const parsed = text.startsWith('{')
      ? createPrivateKey({ key: JSON.parse(text), format: 'jwk' })
      : createPrivateKey(key);
    if (parsed.asymmetricKeyType === 'rsa') return text.startsWith('{') ? text : key;
    return refuse(context, `is a key of type ${parsed.asymmetricKeyType}; ${expected}`);
  } catch {
    return refuse(context, `${describeKeyFlaw(text)}; ${expected}`);
  }
}

function describeKeyFlaw(text: string): string {
  return KEY_FLAWS.find(([sign]) => sign.test(text))?.[1] ?? 'cannot be read as a private key';
}

/** What happens to keys on their way into a secret. */
const KEY_FLAWS: readonly (readonly [sign: RegExp, flaw: string])[] = [
  [/ENCRYPTED/, 'is encrypted with a passphrase, which nobody can give here'],
  [/PUBLIC KEY/, 'is a public key'],
  [/^(["']).*\1$/s, 'is in quotes'],
  [/^LS0tLS1CRUdJTi/, 'is encoded in base64 once more'],
  [/^-----BEGIN (?!.*(?:[\r\n]|\\n)).*PRIVATE KEY-----$/s, 'has lost its line breaks'],
];

/** What a header can carry. */
function parseToken(text: string, context: Refinement): string | null {
  if (text === '') return null;
  if (/^[!#-&(-~]+$/.test(text)) return text;
  return refuse(context, 'holds a space, a line break or what else no token has; copy it again');
}

function parseLookbackDays(text: string, context: Refinement): number | null {
  if (text === '') return null;
  const days = /^\d+$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= 90) return days;
  return refuse(context, 'write a whole number of days from 1 to 90, Okta keeps no more');
}

function instantOf(end: WindowEnd) {
  return z.string().transform((text, context): number | null => {
    if (text === '') return null;
    const instantMs = parseInstant(text, end);
    if (instantMs !== null) return instantMs;
    return refuse(context, INSTANT_FORM);
  });
}

function parseFocusLines(lines: readonly string[], context: Refinement): Focus[] {
  return lines.flatMap((line) => {
    const focus = parseFocus(line);
    const problem = focus === null ? NO_FOCUS : findFocusProblem(focus);
    if (focus !== null && problem === null) return [focus];
    const message = `"${focus?.value || line}" ${problem}`;
    context.addIssue({ code: 'custom', message, path: focus === null ? [] : [focus.kind] });
    return [];
  });
}

const NO_FOCUS = 'is no focus; write user:<login or id>, session:<id> or ip:<address or CIDR>';

function parseFocus(line: string): Focus | null {
  const [, kind, value] = /^(user|session|ip):\s*(.*)$/.exec(line) ?? [];
  if (value === undefined) return null;
  return kind === 'user' || kind === 'session' || kind === 'ip' ? { kind, value } : null;
}

/** What would be met by nothing, in silence. */
function findFocusProblem({ kind, value }: Focus): string | null {
  if (value === '') return `names nobody; write ${FOCUS_FORMS[kind]} behind it`;
  if (/[,;]$/.test(value)) return 'ends in a sign that parts a list; give each a line, without it';
  if (value.startsWith(`${kind}:`)) return `says ${kind}: twice; write it once`;
  if (MORE_THAN_ONE.test(value)) return 'names more than one; give each by itself, one a line';
  if (kind === 'ip' && !isAddressOrRange(value)) {
    return 'is no address; write all of it, as 192.0.2.7, or a range, as 192.0.2.0/24';
  }
  if (kind === 'ip' && isMappedWide(value)) {
    return 'counts its bits as IPv6 does and so holds no address of IPv4; write the range as IPv4, as 192.0.2.0/24';
  }
  if (/\p{Cf}/u.test(value)) return 'holds a character that nobody sees; write it by hand';
  if (value.includes('*') || isInQuotes(value)) {
    return 'holds a sign that no login or id has; write all of it, without * and without quotes around it';
  }
  if (kind === 'user') return findNameMistake(value);
  return kind === 'session' && value === 'unknown'
    ? 'is what Okta writes where it knows no session; give the id of one'
    : null;
}

/** `::ffff:192.0.2.0/24`, where all of IPv4 is within the last 32 of 128 bits. */
function isMappedWide(value: string): boolean {
  const [address = '', prefix] = value.split('/');
  return prefix !== undefined && Number(prefix) < 96 && /^::ffff:[\d.]+$/i.test(address);
}

/** As other lists are written: with commas. */
const MORE_THAN_ONE = /@.*[,;\s].*@|[,;\s]\s*(?:user|session|ip):/;

const FOCUS_FORMS = { user: 'a login or id', session: 'an id', ip: 'an address or CIDR' } as const;

/** Only the usual forms: what is looked for as `10.1` or `010.0.0.1` would never be met. */
function isAddressOrRange(text: string): boolean {
  return AddressOrRange.safeParse(text).success;
}

/** GitHub tells nobody of any other name, without a word. */
function parseMentions(names: readonly string[], context: Refinement): readonly string[] {
  for (const name of names.filter((name) => !isGitHubName(name))) {
    const message = `"${name}" is nobody whom GitHub could tell; write a login, as octocat, or a team, as acme/security`;
    context.addIssue({ code: 'custom', message });
  }
  return names;
}

function parseRepository(text: string, context: Refinement): Repository | null {
  if (text === '') return null;
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(text) ?? [];
  if (owner !== undefined && name !== undefined) return { owner, name };
  return refuse(context, 'write owner/name, as acme/security');
}

function splitList(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function refuse(context: Refinement, message: string): null {
  context.addIssue({ code: 'custom', message });
  return null;
}
