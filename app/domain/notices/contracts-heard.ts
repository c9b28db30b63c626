import type { EventData, Heard } from './who-hears.ts'

const isByOwner = ({ by }: EventData) => by === 'owner'
const isByAgency = ({ by }: EventData) => by === 'agency'
const isDeemed = ({ deemed }: EventData) => deemed === true
const isOver = ({ level }: EventData) => level === 'over'
const is = (party: string, level: string) => (data: EventData) => data.party === party && data.level === level
const atLevel = (level: string) => (data: EventData) => data.level === level

/** Who hears of contracts and results, and of limits of the service clock: whoever has to act, and once a limit has passed the other side too. A project's whole time concerns all of them at once. */
export const CONTRACTS_HEARD: Record<string, Heard> = {
  'marketplace.contract.filed.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'contract-to-confirm', when: isByAgency }, { audience: 'winner', kind: 'contract-to-confirm', when: isByOwner }] },
  'marketplace.contract.confirmed.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'contract-confirmed', when: isByAgency }, { audience: 'winner', kind: 'contract-confirmed', when: isByOwner }] },
  'marketplace.contract.refused.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'contract-refused', when: isByAgency }, { audience: 'winner', kind: 'contract-refused', when: isByOwner }] },
  'marketplace.deliverable.delivered.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'result-to-accept' }] },
  'marketplace.deliverable.returned.v1': { about: 'tender', by: [{ audience: 'winner', kind: 'result-returned' }] },
  'marketplace.deliverable.accepted.v1': { about: 'tender', by: [{ audience: 'winner', kind: 'result-accepted' }, { audience: 'tender-owner', kind: 'result-deemed', when: isDeemed }, { audience: 'office-of-tender', kind: 'result-landed' }] },
  'marketplace.limit.warned.v1': {
    about: 'tender',
    by: [
      ...(['near', 'last-day', 'over'] as const).flatMap((level) => [
        { audience: 'tender-owner' as const, kind: `limit-${level}` as const, when: is('owner', level) },
        { audience: 'winner' as const, kind: `limit-${level}` as const, when: is('agency', level) },
      ]),
      { audience: 'tender-owner', kind: 'limit-over-there', when: isOver },
      { audience: 'winner', kind: 'limit-over-there', when: isOver },
    ],
  },
  'marketplace.case-limit.warned.v1': { about: 'case', by: (['near', 'last-day', 'over'] as const).map((level) => ({ audience: 'authority-named' as const, kind: `case-limit-${level}` as const, when: atLevel(level) })) },
  'marketplace.project-limit.warned.v1': {
    about: 'project',
    by: (['near', 'last-day', 'over'] as const).flatMap((level) => (['applicants-of-project', 'offices-of-project', 'regulators-of-project'] as const).map((audience) => ({ audience, kind: `project-limit-${level}` as const, when: atLevel(level) }))),
  },
}
