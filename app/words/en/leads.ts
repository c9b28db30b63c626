import type { Words } from '../zh.ts'

const ownerOf = (owner: string | null) => owner ?? 'a natural person'
const TIES: Record<string, string> = { 'is-the-owner': 'the same organisation', 'same-person': 'the same legal representative', 'same-phone': 'the same telephone', 'same-address': 'the same address', 'same-submitter': 'sent by one account', 'same-member': 'one account acts for both', 'same-shareholder': 'a common shareholder, or one holds the other' }
const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

export const leads: Words['leads'] = {
  title: 'Leads',
  lead: 'Listed from what has happened, sorted by the clock. A lead is a suspicion and no finding; only the regulators of this division see it, it is never public and scores nobody.',
  caption: 'Leads, those with a clock first',
  all: 'All leads',
  shownOf: (shown, count) => `${count} in all; the ${shown} most urgent are here.`,
  kind: 'Kind',
  filterLabel: 'Narrow the leads',
  kinds: {
    'question-overdue': 'Question not answered in time',
    'demand-insisted': 'Demanded again after a refusal',
    'bidders-related': 'Related bidders excluded',
    'bids-one-hand': 'One hand in several bids',
    'direct-share': 'Direct selections go to one agency',
    'direct-total': 'Much selected directly in a year',
  },
  actions: {
    'question-overdue': 'See the question',
    'demand-insisted': 'See the latest decision',
    'bidders-related': 'See the tender',
    'bids-one-hand': 'See the tender',
    'direct-share': 'See the agency',
    'direct-total': 'See the latest',
  },
  untils: { 'question-overdue': 'answer was due', 'bidders-related': 'drawn or binding at', 'bids-one-hand': 'drawn or binding at' },
  sentences: {
    'question-overdue': ({ title, owner, count, held }) => `${title}: ${count === 1 ? '1 question' : `${count} questions`} to ${ownerOf(owner)} ${count === 1 ? 'is' : 'are'} past due; ${held ? 'the deadline for bids is over and the tender cannot close' : 'the tender cannot close without the answer'}.`,
    'demand-insisted': ({ authority, service, count }) => `${authority} demanded “${service}” and was refused ${times(count)}, ${times(count - 1)} after it had been refused before.`,
    'bidders-related': ({ title, count }) => `${title}: ${count === 1 ? '1 bid was' : `${count} bids were`} tied to another bidder at the close and left out of the pool.`,
    'bids-one-hand': ({ title, count }) => `${title}: ${count} ${count === 1 ? 'pair' : 'pairs'} of bidders had one account send both bids, or one account that acts for both. No bid was excluded for it; please look whether they colluded.`,
    'direct-share': ({ owner, agency, year, count, of, fen, share }) => `In ${year} ${ownerOf(owner)} selected directly ${times(of)} with public money; ${agency} got ${count} of them, CNY ${fen}, which is ${share} of the sum.`,
    'direct-total': ({ owner, year, count, fen, limit }) => `In ${year} ${ownerOf(owner)} selected directly ${times(count)} with public money, CNY ${fen} together, over CNY ${limit}.`,
  },
  pair: (one, other, by) => (other ? `${one} — ${other}: ${by || 'what tied them was not kept then'}` : `${one}: what tied it was not kept then`),
  tie: (tie) => TIES[tie] ?? tie,
  and: ', ',
  tiesAt: 'Ties are those of the register at the close.',
  limits: 'What makes a lead',
  lookBack: 'Looks back',
  days: (count) => `${count} days`,
  share: 'One agency’s share of the sum over',
  shareFrom: 'Share is looked at from',
  times: (count) => `${count} selections`,
  yearTotal: 'Selected directly in a year over',
  empty: { title: 'No leads', text: 'Questions past due, demands repeated after a refusal, related bidders, and direct selections that go to one agency appear here.', action: 'All demands' },
  emptyKind: { title: 'No leads of this kind', text: 'Choose another kind, or see all leads.', action: 'All leads' },
  refusals: {},
}
