import type { EventData, Heard } from './who-hears.ts'

const isCorrected = ({ takenBack }: EventData) => typeof takenBack === 'number'
const isMoved = (data: EventData) => data.state !== data.stateBefore && !isCorrected(data)
const isAsked = ({ lacking, turnedAway }: EventData) => Boolean(lacking) || Boolean(turnedAway)

const isGiven = ({ outcome }: EventData) => outcome === 'applicant'
const isKept = ({ outcome }: EventData) => outcome !== 'applicant'
const isRefused = ({ outcome }: EventData) => outcome === 'registrant'

/** Who applied hears that a case is registered, each state that it comes into, and once a writing what is newly lacking or turned away; who registered a project, that offices name another. */
export const CASES_HEARD: Record<string, Heard> = {
  'marketplace.case.registered.v1': { about: 'case', by: [{ audience: 'applicant', kind: 'case-registered' }] },
  'marketplace.case.changed.v1': { about: 'case', by: [{ audience: 'applicant', kind: 'case-corrected', when: isCorrected }, { audience: 'applicant', kind: 'case-changed', when: isMoved }, { audience: 'applicant', kind: 'case-materials', when: isAsked }] },
  'marketplace.project.disputed.v1': { about: 'project', by: [{ audience: 'registrant-of-dispute', kind: 'project-disputed' }, { audience: 'operators', kind: 'project-to-settle', duty: 'manager' }] },
  'marketplace.project.dispute-settled.v1': {
    about: 'project',
    by: [
      { audience: 'registrant-of-dispute', kind: 'project-kept', when: isKept },
      { audience: 'registrant-of-dispute', kind: 'project-given-away', when: isGiven },
      { audience: 'named-in-dispute', kind: 'project-given', when: isGiven },
      { audience: 'named-in-dispute', kind: 'project-not-given', when: isRefused },
    ],
  },
}
