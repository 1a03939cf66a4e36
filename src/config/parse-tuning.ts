import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { findNameMistake } from '../model/find-name-mistake.ts';
import { isInQuotes } from '../model/is-in-quotes.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { Tuning } from '../model/tuning.ts';
import { parseInstant } from '../yaml/parse-instant.ts';
import { parseStrictYaml, type YamlResult } from '../yaml/parse-strict-yaml.ts';

const Name = z.string().min(1);
const LowerCaseName = Name.transform((name) => name.toLowerCase());
const Names = z.array(Name).default([]);

/** Whoever is met by login or id. */
const Login = LowerCaseName.pipe(z.string().trim().min(1)).superRefine((name, context) => {
  const message = findNameMistake(name);
  if (message !== null) context.addIssue({ code: 'custom', message });
});
const Logins = z.array(Login).default([]);

/** People write `@acme.example` as well. */
const Domain = z
  .string()
  .regex(/^@?[^@*:/\s]+$/, 'write a domain, such as acme.example')
  .refine((text) => !isInQuotes(text), 'write a domain, such as acme.example')
  .transform((text) => text.replace('@', '').toLowerCase());

/** A date as YAML gives it: plain text in the core schema. */
const ExpiryDay = z.string().transform((text, context): number => {
  const expiresMs = parseInstant(text, 'until');
  if (expiresMs !== null) return expiresMs;
  context.addIssue({ code: 'custom', message: 'write the last day as a date, such as 2027-02-21' });
  return z.NEVER;
});

const Subject = Login.nullable().default(null);

const Suppression = z
  .strictObject({
    check: Name,
    actor: Subject,
    target: Subject,
    reason: Name,
    expires: ExpiryDay,
  })
  .refine((given) => given.actor !== null || given.target !== null, {
    message:
      'name an actor or a target: a suppression of everything a check finds is a switched-off check',
  })
  .transform(({ expires, ...given }) => ({ ...given, expiresMs: expires }));

const RuleTuning = z
  .strictObject({
    enabled: z.boolean().nullable().default(null),
    level: z.enum(SEVERITIES).nullable().default(null),
    filter: z.record(z.string(), z.unknown()).nullable().default(null),
  })
  .transform(({ level, ...given }) => ({ ...given, severity: level }));

const CaseNumber = z
  .string('put the case number in quotes')
  .trim()
  .min(1)
  .regex(/^[^*,;]*$/, 'write one whole case number in each line; * stands for nothing else here')
  .refine((text) => !isInQuotes(text), 'put the case number in straight quotes');

/** The widest that somebody has for private use. Source: RFC 1918, 10.0.0.0/8, and RFC 4193, fc00::/7. */
const LEAST_PREFIX = { v4: 8, v6: 7 };
/** In front of an IPv4 address that is written as IPv6: `::ffff:192.0.2.1`. */
const MAPPED_BITS = 96;

/** Nobody is new who comes from a network of one's own: of a range that holds half of all addresses, hardly anybody would be. */
const OwnNetwork = z
  .union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'write an address or a CIDR range')
  .refine((network) => {
    if (!ipaddr.isValidCIDR(network)) return true;
    const [address, prefix] = ipaddr.parseCIDR(network);
    if (address instanceof ipaddr.IPv4) return prefix >= LEAST_PREFIX.v4;
    const least = address.isIPv4MappedAddress() ? MAPPED_BITS + LEAST_PREFIX.v4 : LEAST_PREFIX.v6;
    return prefix >= least;
  }, 'is wider than the network of anybody; write the ranges that are your own');

const TuningFile = z
  .strictObject({
    suppressions: z.array(Suppression).default([]),
    rules: z.record(z.string(), RuleTuning).default({}),
    'own-domains': z.array(Domain).default([]),
    'own-networks': z.array(OwnNetwork).default([]),
    'help-desk': Logins,
    'privileged-users': Logins,
    'support-cases': z.array(CaseNumber).default([]),
    placeholders: z.record(z.string(), Names).default({}),
  })
  .transform(
    (file): Tuning => ({
      suppressions: file.suppressions,
      rules: file.rules,
      ownDomains: file['own-domains'],
      ownNetworks: file['own-networks'],
      helpDesk: file['help-desk'],
      privilegedUsers: file['privileged-users'],
      supportCases: file['support-cases'],
      placeholders: file.placeholders,
      place: null,
    }),
  );

/** Parses the tuning file; every problem names its line and says what to write. */
export function parseTuning(path: string, text: string): YamlResult<Tuning> {
  const parsed = parseStrictYaml({ path, text, schema: TuningFile });
  if (!parsed.ok) return parsed;
  const { value, lineOf } = parsed;
  return { ok: true, value: { ...value, place: { path, lineOf } } };
}
