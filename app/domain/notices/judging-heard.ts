import type { EventData, Heard } from './who-hears.ts'

const isAll = ({ all }: EventData) => all === true

/** Who hears of what judges do, and of what is done about them. */
export const JUDGING_HEARD: Record<string, Heard> = {
  'marketplace.judge.invited.v1': { about: 'tender', by: [{ audience: 'seat', kind: 'asked-to-judge' }] },
  'marketplace.judge.stepped-back.v1': { about: 'tender', by: [{ audience: 'tender-owner', kind: 'judge-stepped-back' }] },
  'marketplace.judge.silent.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'own-judge-silent' },
      { audience: 'regulators-of-tender', kind: 'judge-silent' },
    ],
  },
  'marketplace.judge.replaced.v1': { about: 'tender', by: [{ audience: 'regulators-of-tender', kind: 'judge-replaced' }] },
  'marketplace.sheet.committed.v1': { about: 'tender', by: [{ audience: 'judges', kind: 'sheets-to-show', when: isAll }] },
  'marketplace.sheets.revealed.v1': {
    about: 'tender',
    by: [
      { audience: 'tender-owner', kind: 'sheets-revealed' },
      { audience: 'bidders', kind: 'sheets-revealed' },
    ],
  },
}
