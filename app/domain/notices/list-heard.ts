import type { EventData, Heard } from './who-hears.ts'

/** A lower list that followed the one above it; nobody of its own division was there. */
const isFollowing = ({ follows }: EventData) => Boolean(follows)
const wasOpened = ({ opened }: EventData) => opened === true

/** Who hears of a change of the list: its agencies and offices when they are asked, the regulator's people when it is their turn. */
export const LIST_HEARD: Record<string, Heard> = {
  'marketplace.catalogue.version-adopted.v1': {
    about: 'version',
    by: [
      { audience: 'regulators-of-list', kind: 'list-followed', when: isFollowing },
      { audience: 'agencies-of-retired', kind: 'service-retired' },
      { audience: 'agencies-of-reworded', kind: 'service-reworded' },
      { audience: 'authorities-of-list', kind: 'list-version' },
    ],
  },
  'marketplace.list-proposal.proposed.v1': { about: 'proposal', by: [{ audience: 'regulators-of-list', kind: 'opinion-wanted' }] },
  'marketplace.list-proposal.comment-opened.v1': {
    about: 'proposal',
    by: [
      { audience: 'agencies-of-proposal', kind: 'list-comment-open' },
      { audience: 'authorities-of-list', kind: 'list-comment-open' },
    ],
  },
  'marketplace.list-proposal.commented.v1': { about: 'proposal', by: [{ audience: 'regulators-of-list', kind: 'comment-to-answer' }] },
  'marketplace.list-proposal.answered.v1': { about: 'proposal', by: [{ audience: 'answered-commenters', kind: 'own-comment-answered' }] },
  'marketplace.list-proposal.withdrawn.v1': { about: 'proposal', by: [{ audience: 'agencies-of-proposal', kind: 'list-proposal-withdrawn', when: wasOpened }] },
}

/** Who gave an opinion was there; who is concerned by an adoption hears of the version. */
export const LIST_SILENT = ['marketplace.list-proposal.opinion-given.v1', 'marketplace.list-proposal.adopted.v1'] as const
