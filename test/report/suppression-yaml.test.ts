import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseTuning } from '../../src/config/parse-tuning.ts';
import { coversEvent } from '../../src/model/covers-event.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { fencedBlock } from '../../src/report/escape/markdown.ts';
import { yamlString } from '../../src/report/escape/yaml.ts';
import { renderSuppressionYaml } from '../../src/report/suppression-yaml.ts';
import { HOSTILE_TEXTS, hostileText } from './hostile-text.ts';
import { NOW_MS, sampleFinding } from './sample-audit.ts';
import { OKTA_SYSTEM, person, sampleEvent, stranger } from './sample-events.ts';

describe('a text in YAML', () => {
  it.each([
    ['support-tool-reset', 'support-tool-reset'],
    ['dana.reyes@acme.example', 'dana.reyes@acme.example'],
    ['user.12@acme.example', 'user.12@acme.example'],
    ['true', '"true"'],
    ['1.5', '"1.5"'],
    ['null', '"null"'],
    ['a\u202Eb', '"a\\u202eb"'],
    ['a  b', '"a\\u0020 b"'],
    ['e\u0301', '"e\\u0301"'],
    ['a\u2003b', '"a\\u2003b"'],
    ['\uFDD0 \u00e9', '"\\ufdd0 \\u00e9"'],
    ['\u00e9', '"\u00e9"'],
  ])('%j is written %s', (text, written) => {
    expect(yamlString(text)).toBe(written);
  });

  it('parses to exactly itself, also after the page made every line visible', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const line = `value: ${yamlString(text)}`;
        expect(parse(line)).toEqual({ value: text });
        if (line.length > 4_000) return;
        const shown = fencedBlock(line, 'yaml').split('\n').slice(1, -1).join('\n');
        expect(parse(shown)).toEqual({ value: text });
      }),
      { numRuns: 500 },
    );
  });
});

describe('a suppression', () => {
  it('can be copied into the tuning file, whatever the login', () => {
    for (const text of HOSTILE_TEXTS) {
      const actor = { ...person('a.b'), login: text };
      const yaml = renderSuppressionYaml(sampleFinding({ actor }), NOW_MS) ?? '';
      const tuning = parseTuning('.github/okta-audit.yml', yaml);
      expect(tuning.ok, `${text}\n${yaml}`).toBe(true);
      const name = text.trim().toLowerCase();
      expect(['00uab', name]).toContain(tuning.ok && tuning.value.suppressions[0]?.actor);
    }
  });

  it.each(['svc-*', 'adm\u200Bin@acme.example', 'a@acme.example, b@acme.example', 'unknown', ' '])(
    'names the id where a tuning file would not take the login %j',
    (login) => {
      const yaml = renderSuppressionYaml(
        sampleFinding({ actor: { ...person('a.b'), login } }),
        NOW_MS,
      );
      expect(parse(yaml ?? '').suppressions).toMatchObject([{ actor: '00uab' }]);
    },
  );

  it('names both where both are known, and the id where the login says nothing', () => {
    const target = { id: '00T1', type: 'Token', login: 'unknown', name: 'ci' };
    const yaml = renderSuppressionYaml(sampleFinding({ actor: OKTA_SYSTEM, target }), NOW_MS);
    expect(parse(yaml ?? '')).toEqual({
      suppressions: [
        {
          check: 'admin-privilege-granted-to-user',
          actor: 'system@okta.com',
          target: '00T1',
          reason: 'write why here',
          expires: '2027-02-28',
        },
      ],
    });
  });

  it('names the id of something that has no login', () => {
    const target = { id: '0oaAPP', type: 'AppInstance', login: null, name: 'Payroll' };
    const yaml = renderSuppressionYaml(sampleFinding({ target }), NOW_MS);
    expect(parse(yaml ?? '').suppressions).toMatchObject([{ target: '0oaAPP' }]);
  });

  describe('of a story', () => {
    const dana = person('dana.reyes');
    const lin = person('helpdesk.lin');
    const reset = sampleEvent({
      at: '2026-11-20T10:00:00Z',
      eventType: 'user.account.reset_password',
      actor: lin,
      targets: [dana],
    });
    const [enrolled, signedIn] = [[dana], []].map((targets, index) =>
      sampleEvent({
        at: `2026-11-20T10:0${index + 1}:00Z`,
        eventType: ['user.mfa.factor.activate', 'user.session.start'][index] ?? '',
        actor: dana,
        targets,
      }),
    );
    const events = [reset, enrolled, signedIn].flatMap((event) => event ?? []);

    it.each<[string, readonly LogEvent[], Partial<Finding>, unknown[]]>([
      [
        'names the one who acted, where not every event names whom it was done to',
        events.slice(1),
        { actor: dana, target: dana },
        [{ actor: 'dana.reyes@acme.example' }],
      ],
      [
        'names a person twice who was the target first and acted then',
        events,
        { actor: null, target: dana },
        [{ target: 'dana.reyes@acme.example' }, { actor: 'dana.reyes@acme.example' }],
      ],
    ])('%s, and silences it', (_name, seen, parties, subjects) => {
      const finding = sampleFinding({ ...parties, events: seen });
      const tuning = parseTuning('tuning.yml', renderSuppressionYaml(finding, NOW_MS) ?? '');
      if (!tuning.ok) throw new Error(tuning.problems[0]?.message);
      expect(tuning.value.suppressions).toHaveLength(subjects.length);
      expect(tuning.value.suppressions).toMatchObject(subjects);
      for (const event of seen) {
        const isCovered = tuning.value.suppressions.some((each) => coversEvent(each, event));
        expect(isCovered, event.eventType).toBe(true);
      }
    });

    it('is not offered where nobody has a part in all of it', () => {
      const finding = sampleFinding({ actor: null, target: person('kit.owen'), events });
      expect(renderSuppressionYaml(finding, NOW_MS)).toBeNull();
    });
  });

  it.each([
    ['nobody', null, null],
    ['an unknown person', stranger('typed'), null],
  ])('of %s is not offered', (_name, actor, target) => {
    expect(renderSuppressionYaml(sampleFinding({ actor, target }), NOW_MS)).toBeNull();
  });
});
