import type { Json } from '#app/domain/ledger/canonical.ts'
import type { Heard } from './who-hears.ts'

/** What was turned away in a case is told with the case. */
const isToldByOffice = ({ told, withCase }: Record<string, Json>) => told === 'authority' && withCase !== true
const isAccepted = ({ accepted }: Record<string, Json>) => accepted === true
const isReturned = ({ accepted }: Record<string, Json>) => accepted === false

/**
 * Who hears of demands that are kept up, of reports and of files. An authority hears nothing of a report and nothing of a paper that an
 * owner told of, before a file is opened: nobody is to look for who it was.
 */
export const INQUIRIES_HEARD: Record<string, Heard> = {
  'marketplace.demand.upheld.v1': { about: 'decision', by: [{ audience: 'project-owner', kind: 'demand-upheld' }, { audience: 'regulators', kind: 'demand-upheld-lead' }] },
  'marketplace.demand.withdrawn.v1': { about: 'decision', by: [{ audience: 'project-owner', kind: 'demand-withdrawn' }, { audience: 'regulators', kind: 'demand-withdrawn' }] },
  'marketplace.document.turned-away.v1': { about: 'paper', by: [{ audience: 'owner-of-paper', kind: 'document-turned-away', when: isToldByOffice }, { audience: 'regulators-of-paper', kind: 'document-turned-away-lead' }] },
  'marketplace.demand.reported.v1': { about: 'report', by: [{ audience: 'regulators-of-report', kind: 'demand-reported' }] },
  'marketplace.inquiry.opened.v1': { about: 'inquiry', by: [{ audience: 'respondent', kind: 'inquiry-to-answer' }] },
  'marketplace.inquiry.replied.v1': { about: 'inquiry', by: [{ audience: 'regulators-of-inquiry', kind: 'inquiry-replied' }] },
  'marketplace.inquiry.decided.v1': { about: 'inquiry', by: [{ audience: 'respondent', kind: 'inquiry-decided' }] },
  'marketplace.inquiry.contested.v1': { about: 'inquiry', by: [{ audience: 'regulators-of-inquiry', kind: 'finding-contested' }] },
  'marketplace.inquiry.contest-answered.v1': { about: 'inquiry', by: [{ audience: 'respondent', kind: 'contest-answered' }] },
  'marketplace.inquiry.rectified.v1': { about: 'inquiry', by: [{ audience: 'regulators-of-inquiry', kind: 'violation-rectified' }] },
  'marketplace.inquiry.rectification-judged.v1': {
    about: 'inquiry',
    by: [
      { audience: 'respondent', kind: 'rectification-accepted', when: isAccepted },
      { audience: 'respondent', kind: 'rectification-returned', when: isReturned },
    ],
  },
  'marketplace.violation.final.v1': { about: 'inquiry', by: [{ audience: 'respondent', kind: 'violation-final' }] },
}
