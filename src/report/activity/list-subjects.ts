import type { Activity, ActivityQuestion } from '../../model/activity.ts';
import type { Focus } from '../../model/audit-plan.ts';
import type { Investigation } from '../../model/judged-audit.ts';

/** One user, session or network that was asked about, with what was found and how much was read for it. */
export interface ActivitySubject {
  readonly kind: Focus['kind'];
  readonly value: string;
  readonly question: ActivityQuestion | undefined;
  readonly found: Investigation;
}

/** Users, then sessions, then networks, each as they were asked about. */
export function listSubjects({ investigations, questions }: Activity): ActivitySubject[] {
  const { users, sessions, networks } = investigations;
  const join = (kind: Focus['kind'], all: readonly Investigation[]): ActivitySubject[] =>
    all.map((found) => ({
      kind,
      value: found.subject.slice(`${kind}:`.length),
      question: questions.find(({ subject }) => subject === found.subject),
      found,
    }));
  return [...join('user', users), ...join('session', sessions), ...join('ip', networks)];
}
