import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEventTypes, readRulePack } from '../../scripts/read-rule-pack.ts';
import type { Check } from '../../src/model/check.ts';
import { mayHoldType } from '../../src/model/event-type-set.ts';
import { isRecord, type LogEvent, type RawEvent } from '../../src/model/log-event.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';
import { compileRules, parseCases, parseSigmaDocuments } from '../../src/sigma/index.ts';
import {
  ARCHIVE_FORMATS,
  recogniseFormat,
} from '../../src/sources/archive/formats/archive-formats.ts';
import { readEvent } from '../../src/sources/archive/formats/read-event.ts';
import { cutCsv, restoreCells } from '../../src/sources/archive/framing/cut-csv.ts';
import { FORMAT_WRITERS } from './format-writers.ts';

const RULES = join(import.meta.dirname, '../../rules');
const PACK = readRulePack(RULES);
const { checks } = compileRules({
  documents: PACK.flatMap(
    ({ folder, ruleText }) =>
      parseSigmaDocuments({ path: folder, text: ruleText, origin: 'built-in' }).documents,
  ),
  eventTypes: readEventTypes(RULES),
  tuning: NO_TUNING,
});

/** Cases of what records also say in a list that some formats lack: it stands in their debug data as well. */
const SAID_TWICE =
  /the list of behaviours|the behaviours stand in a list|an address that Okta calls|where the export keeps no debug data/;

/** Events that have to fire, of every rule. */
const CASES = PACK.flatMap(({ folder, cases }) => {
  const check = checks.find(({ id }) => id === folder);
  const parsed = parseCases(cases);
  if (check === undefined || !parsed.ok) throw new Error(`No check or no cases of ${folder}`);
  return parsed.cases
    .filter(({ name, expected }) => expected === 'fires' && !SAID_TWICE.test(name))
    .map(({ name, events }) => ({ name: `${folder}: ${name}`, check, events }));
});

/** As a log has them: each with an id, and with what its writers take apart. */
function complete(event: RawEvent, index: number): RawEvent {
  const { debugContext } = event;
  const debugData = isRecord(debugContext) ? debugContext['debugData'] : {};
  return {
    uuid: `u${index}`,
    ...event,
    debugContext: {
      debugData: { logOnlySecurityData: '{}', ...(isRecord(debugData) ? debugData : {}) },
    },
  };
}

async function writeValues(id: string, records: readonly RawEvent[]): Promise<unknown[]> {
  const writer = FORMAT_WRITERS[id];
  if (writer === undefined) throw new Error(`No test writes the format ${id}: add a writer.`);
  if ('toValue' in writer) return records.map(writer.toValue);
  const content = Buffer.from(writer.toText(records));
  const chunks = (async function* () {
    yield content;
  })();
  const values: unknown[] = [];
  for await (const { value } of cutCsv(chunks, ',')) {
    if (value !== null) values.push(restoreCells(value));
  }
  return values;
}

function fires(check: Check, events: readonly LogEvent[]): boolean {
  const run = check.begin();
  for (const event of events) {
    if (mayHoldType(check.needs.eventTypes, event.eventType)) run.accept(event);
  }
  return run.finish().length > 0;
}

function readAll(values: readonly unknown[], restore: (value: unknown) => unknown): LogEvent[] {
  return values.flatMap((value) => {
    const recognised = recogniseFormat(restore(JSON.parse(JSON.stringify(value))));
    const records = recognised?.format.unwrap(recognised.value) ?? [];
    return records.flatMap((record) => readEvent(record) ?? []);
  });
}

describe('a rule sees in each format what it sees in the log, or says what the format lacks', () => {
  it.each(ARCHIVE_FORMATS.map((format) => [format.id, format] as const))(
    '%s',
    async (id, { missingFields }) => {
      const unseen: string[] = [];
      for (const { name, check, events } of CASES) {
        const isLost = check.needs.fields.some((field) =>
          missingFields.some((missing) => field === missing || field.startsWith(`${missing}.`)),
        );
        const read = readAll(await writeValues(id, events.map(complete)), (value) => value);
        if (!isLost && !fires(check, read)) unseen.push(name);
      }
      expect(unseen).toEqual([]);
    },
  );
});

/** Leaves as they are what is none of JSON. */
function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What stands as `{New Device=POSITIVE, Velocity=NEGATIVE}`, as JSON has it. */
function toJsonPairs(text: string): string {
  if (!/^\{\w[^":]*=.*\}$/.test(text)) return text;
  const pairs = text.slice(1, -1).split(/, (?=[\w -]+=)/);
  return JSON.stringify(Object.fromEntries(pairs.map((pair) => pair.split('='))));
}

const ofTexts =
  (treat: (text: string) => unknown) =>
  (value: unknown): unknown =>
    typeof value === 'string' ? treat(value) : value;
const parseBrackets = (text: string) => (/^[[{]/.test(text) ? parseText(text) : text);

/** What stores and tools do to the texts of all records. */
const TREATMENTS: Record<string, (value: unknown) => unknown> = {
  'with JSON parsed wherever it is': ofTexts(parseBrackets),
  'with JSON written anew, with blanks': ofTexts((text) => {
    const value = parseBrackets(text);
    return typeof value === 'object' ? JSON.stringify(value, null, 1) : text;
  }),
  'with pairs as JSON': ofTexts(toJsonPairs),
  'with nothing for null': (value) => value ?? '',
  'in small letters': (value) => (typeof value === 'string' ? value.toLowerCase() : value),
  'with a word for null': (value) => value ?? 'None',
  'as texts': (value) => (typeof value === 'object' ? value : String(value)),
};
/** It looks for the capitals of a password. */
const NEEDS_CAPITALS = /^password-typed-as-username/;

describe('a rule sees what it sees in the log in records whose values stand', () => {
  it.each(Object.entries(TREATMENTS))('%s', (_, treat) => {
    const revive = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (_name, inner) => treat(inner));
    const unseen = CASES.filter(
      ({ check, events }) => !fires(check, readAll(events.map(complete), revive)),
    );
    expect(unseen.map(({ name }) => name).filter((name) => !NEEDS_CAPITALS.test(name))).toEqual([]);
  });
});
