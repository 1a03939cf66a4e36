import { formatCount } from '../../model/format-count.ts';
import { addToGroup } from '../../model/group-by-key.ts';
import type { Cut } from './fit-pieces.ts';

/** Where a cut finds its pieces. */
export type PieceKind =
  | 'fixed'
  | 'investigations'
  | 'context'
  | 'checks'
  | 'coverage'
  | 'acknowledged'
  | 'suppressed'
  | 'finding'
  | 'batch';

/** So many of the strongest findings keep their detail longer than all others. */
const STRONGEST = 10;

/**
 * The order in which detail goes: what is least missed first, weakest findings before strong ones, findings last.
 * The numbers are the lengths that each kind of piece offers.
 */
export function listCuts(kinds: readonly PieceKind[]): Cut[] {
  const places = new Map<string, number[]>();
  for (const [index, kind] of kinds.entries()) addToGroup(places, kind, index);
  const find = (kind: PieceKind): readonly number[] => places.get(kind) ?? [];
  const findings = find('finding');
  const strong = findings.slice(0, STRONGEST).reverse();
  const others = findings.slice(STRONGEST).reverse();
  const cut = (kind: PieceKind, length: number, describe: Cut['describe']): Cut => ({
    pieces: find(kind).toReversed(),
    length,
    describe,
  });
  return [
    cut('investigations', 1, () => 'the events of the investigations'),
    cut('investigations', 2, () => 'the investigations'),
    cut('context', 1, () => 'most findings for context'),
    cut('context', 2, () => 'the findings for context'),
    cut('checks', 1, () => 'the list of all checks'),
    cut('batch', 1, (count) => `most findings of ${formatCount(count, 'box', 'boxes')}`),
    cut('suppressed', 1, () => 'the suppressed findings'),
    ...cutFindings(others),
    cut('acknowledged', 1, () => 'single boxes of acknowledged findings'),
    cut('coverage', 1, () => 'holes that decide nothing, and the sources'),
    ...cutFindings(strong),
    cut('batch', 2, (count) => `the findings of ${formatCount(count, 'box', 'boxes')}`),
    cut('checks', 2, () => 'all checks, also those that were not evaluated'),
    cut('acknowledged', 2, () => 'the acknowledged findings'),
    cut('batch', 3, (count) => `${formatCount(count, 'box', 'boxes')} with their findings`),
  ];
}

const FINDING_LOSSES: readonly Cut['describe'][] = [
  'the events',
  'events, query and suppression',
  'all but the summary and whom to ask',
  'all but the heading',
].map((what) => (count) => `${what} of ${formatCount(count, 'finding')}`);

function cutFindings(pieces: readonly number[]): Cut[] {
  return FINDING_LOSSES.map((describe, index) => ({ pieces, length: index + 1, describe }));
}
