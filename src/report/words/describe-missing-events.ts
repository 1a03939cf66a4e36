import type { Finding } from '../../model/finding.ts';

/** Says why no events are shown with a finding. */
export function describeMissingEvents({ eventCount }: Pick<Finding, 'eventCount'>): string {
  return eventCount === 0
    ? "It rests on Okta's setting for support access and not on an event."
    : 'Its events lie outside what this run read; the report of the run that found it has them.';
}
