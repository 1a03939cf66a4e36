import fc from 'fast-check';
import type { ReadRequest } from '../../src/model/reading.ts';
import { days, makeNoise, makeRecord } from './archive-workbench.ts';

export const WINDOW = days('2022-01-16', '2022-01-22');
export const WANTED = [
  'user.account.reset_password',
  'user.mfa.factor.reset_all',
  'system.api_token.create',
];
const OTHERS = [
  'user.session.start',
  'user.authentication.sso',
  'user.account',
  'policy.rule.update',
];
const IDS = [
  ...['00uvictim', '102stolen-session', '198.51.100.7', 'Kim+o\u00b4neill@acme.example'],
  ...[
    '\u212aim+o\u00b4neill@ACME.example',
    'kim@acme.example',
    '\u212aIM@acme.example',
    '00U/"slashed"\\',
  ],
];

export const FOLLOW_UPS: ReadRequest['followUps'] = [
  {
    field: 'actor.id',
    values: ['00uvictim', 'other', '00U/"slashed"\\', ''],
    window: days('2022-01-16', '2022-01-18'),
  },
  { field: 'target.id', values: ['00uvictim'], window: days('2022-01-17', '2022-01-22') },
  {
    field: 'authenticationContext.externalSessionId',
    values: ['102stolen-session'],
    window: WINDOW,
  },
  {
    field: 'client.ipAddress',
    values: ['198.51.100.7'],
    window: days('2022-01-16', '2022-01-19'),
  },
  {
    field: 'actor.alternateId',
    values: ['Kim+O\u00b4Neill@acme.example', '\u212aim@acme.example'],
    window: days('2022-01-18', '2022-01-30'),
  },
  { field: 'target.alternateId', values: ['KIM@ACME.EXAMPLE'], window: WINDOW },
];

/** Any way to write the same text in JSON: some characters as escapes. */
function spell(text: string, escapes: readonly boolean[], isUpper: boolean): string {
  const letters = [...text].map((letter, index) => {
    if (escapes[index % Math.max(1, escapes.length)] !== true) {
      if (letter === '/') return isUpper ? '\\/' : '/';
      return letter === '"' || letter === '\\' ? `\\${letter}` : letter;
    }
    const code = letter.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${isUpper ? code.toUpperCase() : code}`;
  });
  return `"${letters.join('')}"`;
}

const spelling = fc.oneof(
  { weight: 6, arbitrary: fc.constant<boolean[]>([]) },
  { weight: 1, arbitrary: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }) },
);
const text = (value: string): fc.Arbitrary<string> =>
  fc.tuple(spelling, fc.boolean()).map(([escapes, isUpper]) => spell(value, escapes, isUpper));
const space = fc.constantFrom('', '', '', ' ', '\t', '  ', ' \r');
const eventType = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WANTED) },
  { weight: 3, arbitrary: fc.constantFrom(...OTHERS) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('com.okta.event_hook', 'x'.repeat(130), 'naïve.type', ''),
  },
);
const oddTime = fc.constantFrom(
  '2022-01-17T10:00:00.000Z',
  '2022-01-21T23:59:59.999Z',
  '2022-01-22T00:00:00.000Z',
  '2022-01-18T10:00:00Z',
  '2022-01-18 10:00:00',
  '2022-01-18T10:00:00.123456Z',
  '2022-01-18T24:00:00.000Z',
  '2022-02-30T10:00:00.000Z',
  '2022-01-18T10:00:00+02:00',
  '2021-06-01T00:00:00.000Z',
  '1969-12-31T23:59:59.000Z',
  'soon',
);
const published = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .date({ min: new Date(WINDOW.sinceMs), max: new Date(WINDOW.untilMs), noInvalidDate: true })
      .map((date) => date.toISOString()),
  },
  { weight: 1, arbitrary: oddTime },
);
const odd = fc.constantFrom('null', '1', '{}', '[]', 'true', '[1,{"a":"}"}]', '{"eventType":null}');
const decoy = fc.constantFrom(
  '"eventType\\":\\"user.session.start\\""',
  '"\\"eventType\\":\\"user.mfa.factor.reset_all\\""',
  '"a line\\nwith } and { and \\\\"',
  '"eventType"',
  '"published"',
  '"\\u0065ventType"',
  '"caf\\u00e9 \\u0026 \\u2028"',
  '"Ty sh \\\\u0041"',
);
const idOf = (wanted: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(wanted) },
    { weight: 1, arbitrary: fc.constantFrom('00uother', 'unknown', ...IDS) },
  );

const spaced = ([key, value]: readonly [string, string]): fc.Arbitrary<string> =>
  fc.tuple(space, space, space).map(([a, b, c]) => `${a}${key}${b}:${c}${value}${a}`);

/** A member that names who, in which session or from where: as an object, as a text of one, or under a dotted name. */
const idMember: fc.Arbitrary<string> = fc
  .constantFrom(
    ['actor', 'id', '00uvictim'],
    ['actor', 'alternateId', 'kim@acme.example'],
    ['target', 'id', '00uvictim'],
    ['target', 'alternateId', 'Kim@acme.example'],
    ['client', 'ipAddress', '198.51.100.7'],
    ['authenticationContext', 'externalSessionId', '102stolen-session'],
  )
  .chain(([owner = '', key = '', wanted = '']) => {
    const value = idOf(wanted).chain(text);
    const inside = fc.tuple(text(key), space, value).map(([name, gap, value]) => {
      const object = `{${name}${gap}:${gap}${value}}`;
      return owner === 'target' ? `[{"a":1},${object}]` : object;
    });
    return fc.oneof(
      { weight: 6, arbitrary: fc.tuple(text(owner), inside) },
      { weight: 1, arbitrary: fc.tuple(text(owner), inside.map(sayAsText)) },
      { weight: 1, arbitrary: fc.tuple(text(`${owner}.${key}`), value) },
    );
  })
  .chain(spaced);

/** A JSON text as a text in JSON; control characters and quotes as JSON must have them. */
function sayAsText(json: string): string {
  return JSON.stringify(json.replaceAll('\r', '\n'));
}

/** A member of an object, often one that matters. */
const member: fc.Arbitrary<string> = fc
  .oneof(
    fc.tuple(
      text('eventType'),
      fc.oneof({ weight: 8, arbitrary: eventType.chain(text) }, { weight: 1, arbitrary: odd }),
    ),
    fc.tuple(
      text('published'),
      fc.oneof({ weight: 8, arbitrary: published.chain(text) }, { weight: 1, arbitrary: odd }),
    ),
    fc.tuple(
      text('uuid'),
      fc.uuid().map((uuid) => JSON.stringify(uuid)),
    ),
    fc.tuple(
      text('legacyEventType'),
      eventType.map((type) => JSON.stringify(type)),
    ),
    fc.tuple(text('displayMessage'), decoy),
    fc.tuple(
      fc.constantFrom('"debugContext"', '"detail"', '"event"', '"attributes"', '"hits"', '"data"'),
      fc
        .tuple(eventType.chain(text), published.chain(text), fc.boolean())
        .map(
          ([type, time, hasTime]) =>
            `{"eventType":${type}${hasTime ? `,"published":${time}` : ''}}`,
        ),
    ),
    fc.tuple(
      fc.constantFrom('"_raw"', '"message"', '"eventtype"', '"event_type"'),
      eventType.map((type) => JSON.stringify(type)),
    ),
    fc.tuple(
      fc.constantFrom('"_raw"', '"rawLog"'),
      eventType.map((type) =>
        JSON.stringify(JSON.stringify({ eventType: type, published: '2022-01-17T10:00:00.000Z' })),
      ),
    ),
  )
  .chain(spaced);

const whole = fc
  .tuple(
    eventType.chain(text),
    published.chain(text),
    fc.array(fc.oneof(member, idMember, idMember), { maxLength: 3 }),
    space,
  )
  .map(([type, time, others, gap]) => {
    const members = [`"eventType":${gap}${type}`, `"published"${gap}:${time}`, ...others];
    return `${gap}{${members.join(',')}}${gap}`;
  });
const loose = fc.array(member, { maxLength: 6 }).map((members) => `{${members.join(',')}}`);
const noise = fc
  .constantFrom(...makeNoise(WINDOW).slice(0, 40))
  .map((record) => JSON.stringify(record));
const broken = fc
  .tuple(whole, fc.nat(), fc.constantFrom('', '}', '"', '\u0000', '{"a":1}'))
  .map(([line, at, end]) => line.slice(0, at % (line.length + 1)) + end);
const line = fc.oneof(
  { weight: 6, arbitrary: whole },
  { weight: 3, arbitrary: loose },
  { weight: 2, arbitrary: noise },
  { weight: 1, arbitrary: broken },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '   ',
      '[]',
      '[{"eventType":"user.mfa.factor.reset_all","published":"2022-01-17T10:00:00Z"}]',
      '42',
      '\ufeff{}',
    ),
  },
);
export const FIRST = JSON.stringify(makeRecord({ at: '2022-01-16T00:00Z' }));
/** As many records as tell the format of a file; what follows, in whatever form, is then sifted. */
export const HEAD = [
  FIRST,
  ...Array<string>(19).fill('{"eventType":"a.b","published":"2022-01-16T00:00:00Z"}'),
];
const fileOf = (each: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(each, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, end, isEnded]) => [...HEAD, ...lines].join(end) + (isEnded ? end : ''));
/** Files of every kind of line. */
export const file = fileOf(line);
/** The same lines as values: in a list, one after the other, or in lists of a few. */
export const valuesFile = fc
  .tuple(
    fc.array(line, { maxLength: 30 }),
    fc.constantFrom(
      (values: readonly string[]) => `[${values.join(',')}]`,
      (values: readonly string[]) => values.join(''),
      (values: readonly string[]) => `[${values.join(' , ')}`,
      (values: readonly string[]) => values.map((value) => `[${value},${FIRST}]`).join('\n'),
    ),
  )
  .map(([lines, frame]) => frame([...HEAD, ...lines]));
/** Records of people, of which most lack the same parts. */
export const thinnedRecord: fc.Arbitrary<unknown> = fc
  .record({
    type: fc.constantFrom(...WANTED, ...OTHERS),
    result: fc.constantFrom('SUCCESS', 'FAILURE', 'FAILURE'),
    hour: fc.integer({ min: 0, max: 20 }),
    isWhole: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  })
  .map(({ type, result, hour, isWhole }) => {
    const at = WINDOW.sinceMs + hour * 3_600_000;
    const { client, target, ...record } = makeRecord({ at, eventType: type, uuid: `${type}${at}` });
    const outcome = { result, ...(isWhole && { reason: 'INVALID_CREDENTIALS' }) };
    return { ...record, outcome, ...(isWhole ? { client, target } : { client: {} }) };
  });

/** Lines that would not be parsed but for somebody in them. */
const followedLine = fc
  .tuple(published, fc.array(idMember, { minLength: 1, maxLength: 2 }))
  .map(([time, members]) => `{"eventType":"a.b","published":"${time}",${members.join(',')}}`);
export const followedFile = fileOf(
  fc.oneof({ weight: 4, arbitrary: followedLine }, { weight: 1, arbitrary: line }),
);
