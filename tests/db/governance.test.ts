import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { adoptProposal } from '#app/domain/governance/adopt-proposal.server.ts'
import { answerComments } from '#app/domain/governance/answer-comments.server.ts'
import { commentOnProposal } from '#app/domain/governance/comment-on-proposal.server.ts'
import { beginProposal, discardProposal, dropEntry, putRetirement, putWording, reviseProposal } from '#app/domain/governance/draft-proposal.server.ts'
import { giveOpinion } from '#app/domain/governance/give-opinion.server.ts'
import { openComment } from '#app/domain/governance/open-comment.server.ts'
import { propose } from '#app/domain/governance/propose.server.ts'
import { showGovernance } from '#app/domain/governance/show-governance.server.ts'
import { findProposals, showDraftProposal, showGoverned, showProposal } from '#app/domain/governance/show-proposal.server.ts'
import { withdrawProposal } from '#app/domain/governance/withdraw-proposal.server.ts'
import { deliverMessages } from '#app/domain/notices/deliver-messages.server.ts'
import { findListing } from '#db/repositories/listings.ts'
import { test } from '#tests/support/database.ts'
import { clockAt } from '#tests/support/clock.ts'
import { CHANGCHUN, naturalPerson, owner } from '#tests/support/factories.ts'
import { offering } from '#tests/support/tenders.ts'
import { ABOUT, adopted, entry, examined, proposed, regulators } from '#tests/support/governed.ts'

const OPENED = '2026-11-20T10:00'
const OVER = '2026-11-30T10:00'
const refused = (work: Promise<unknown>) => work.then(() => null, (error: { code: string; kind: string }) => `${error.kind} ${error.code}`)

const asOf = (context: (actor?: Member, options?: { clock: ReturnType<typeof clockAt> }) => Parameters<typeof propose>[0]) => (member?: Member, at = OPENED) => context(member, { clock: clockAt(at) })

test('a proposal of three entries goes its whole way and is one new version, with every step in the ledger', async ({ database, db, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  await adopted(as, people, { wordings: [{ code: 'G0001' }] }, { from: '2026-12-01', later: OVER })
  const later = '2026-12-02T10:00'
  const number = await proposed(as, people, { wordings: [{ code: 'G0001', timeLimit: '5个工作日' }, { code: 'G0002' }], retire: ['R05'] }, later)
  await examined(as, people, number, { at: later })
  const { endsAt } = await openComment(as(people.manager, later), { number })
  expect(endsAt).toEqual(new Date('2026-12-10T00:00:00+08:00'))
  const visitor = as(undefined, '2026-12-03T10:00')
  await commentOnProposal(visitor, { number, words: '时限还可以再短一些。', contact: '0431-00000000' })
  await commentOnProposal(as(await owner(database.owner), '2026-12-03T11:00'), { number, words: '支持这项改动。', contact: null })
  const shown = await showProposal(visitor, { number })
  expect(shown).toMatchObject({ state: 'comment', counts: { added: 1, changed: 1, retired: 1 }, proposal: { comments: { all: 2, open: 2 } } })
  expect(shown.entries.find(({ code }) => code === 'G0001')?.changes).toEqual([{ field: 'timeLimit', before: null, after: '5个工作日' }])
  expect(shown.comments.map(({ words, contact }) => [words, contact])).toEqual([[null, null], ['支持这项改动。', null]])
  const { comments } = await showGoverned(as(people.colleagues[0]!, '2026-12-03T12:00'), { number })
  expect(comments[0]).toMatchObject({ words: '时限还可以再短一些。', contact: '0431-00000000' })
  await answerComments(as(people.colleagues[0]!, '2026-12-04T10:00'), { number, ids: comments.map(({ id }) => id), outcome: 'partly', words: '先按五个工作日试行。' })
  const version = await adoptProposal(as(people.manager, '2026-12-11T10:00'), { number, from: '2027-01-01', note: '按意见研究后通过' })
  const code = async (of: string, on: string) => (await findListing(db, { code: of, divisionCode: CHANGCHUN, on }))?.details.timeLimit
  expect([await code('G0001', '2026-12-31'), await code('G0001', '2027-01-01')]).toEqual([null, '5个工作日'])
  expect(await code('R05', '2027-01-01')).toBeUndefined()
  expect(await showProposal(as(undefined, '2026-12-11T11:00'), { number })).toMatchObject({ state: 'adopted', proposal: { adoption: { version: version.number, effectiveOn: '2027-01-01' }, comments: { all: 2, open: 0, partly: 2 } } })
  const kinds = await database.owner('ledger_entries').where({ subject: number }).orderBy('ordinal').pluck('kind')
  expect(kinds).toEqual(['proposed', ...Array(4).fill('opinion-given'), 'comment-opened', 'commented', 'commented', 'answered', 'adopted'].map((kind) => `list-proposal.${kind}`))
  const bodies = await database.owner('ledger_entries').where({ subject: number, kind: 'list-proposal.commented' }).pluck('body')
  expect(bodies.join('')).not.toContain('时限')
})

test('it is not adopted before the comment period ends, nor with an unanswered comment, nor without all opinions, nor against the law', async ({ database, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  const number = await proposed(as, people, { wordings: [{ code: 'G0010' }] })
  const adopt = (at: string, from = '2027-01-01') => refused(adoptProposal(as(people.manager, at), { number, from, note: '通过这一份' }))
  const open = (of: string) => refused(openComment(as(people.manager), { number: of }))
  expect([await adopt(OPENED), await open(number)]).toEqual(['conflict governance.opinions-missing', 'conflict governance.opinions-missing'])
  await examined(as, people, number)
  expect(await adopt(OPENED)).toBe('conflict governance.comment-not-opened')
  await openComment(as(people.manager), { number })
  expect(await open(number)).toBe('conflict governance.opened-already')
  await commentOnProposal(as(), { number, words: '没有必要列入。', contact: null })
  expect(await adopt('2026-11-27T23:59:59.999+08:00')).toBe('conflict governance.comment-runs')
  expect(await refused(commentOnProposal(as(undefined, '2026-11-28T00:00:00.000+08:00'), { number, words: '我来晚了一点。', contact: null }))).toBe('conflict governance.comment-closed')
  expect(await adopt('2026-11-28T00:00:00.000+08:00')).toBe('conflict governance.unanswered')
  const { comments } = await showGoverned(as(people.manager, OVER), { number })
  await answerComments(as(people.manager, OVER), { number, ids: [comments[0]!.id], outcome: 'declined', words: '实践中确有需要。' })
  expect(await refused(answerComments(as(people.manager, OVER), { number, ids: [comments[0]!.id], outcome: 'accepted', words: '又想了一下。' }))).toBe('conflict governance.answers-closed')
  expect(await adopt(OVER, '2026-11-30')).toBe('invalid governance.from-too-early')
  expect(await adopt(OVER, '2026-12-01')).toBeNull()
  expect(await adopt(OVER, '2026-12-02')).toBe('conflict governance.over')
})

test('a negative opinion on legality or fair competition blocks for good, one on necessity does not', async ({ database, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  for (const [code, kind] of [['G0020', 'legality'], ['G0021', 'fair-competition']] as const) {
    const number = await proposed(as, people, { wordings: [{ code }] })
    await examined(as, people, number, { against: [kind] })
    expect(await refused(openComment(as(people.manager), { number }))).toBe('conflict governance.opinion-against')
    expect(await refused(adoptProposal(as(people.manager, OVER), { number, from: '2027-01-01', note: '强行通过' }))).toBe('conflict governance.opinion-against')
    await withdrawProposal(as(people.manager), { number, reason: '合法性审查没有通过' })
    expect((await showProposal(as(), { number })).state).toBe('withdrawn')
  }
  const number = await proposed(as, people, { wordings: [{ code: 'G0022' }] })
  await examined(as, people, number, { against: ['necessity'] })
  expect(await refused(openComment(as(people.manager), { number }))).toBeNull()
})

test('three opinions come from three people, none of whom proposed it, and each is given once', async ({ database, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  const number = await proposed(as, people, { wordings: [{ code: 'G0030' }] })
  const give = (member: Member, kind: 'necessity' | 'legality' | 'fair-competition' | 'reasonableness') => refused(giveOpinion(as(member), { number, kind, favours: true, office: '法规处', words: '同意列入清单。' }))
  const [first, second] = people.colleagues as [Member, Member]
  expect(await give(people.manager, 'necessity')).toBe('conflict governance.own-proposal')
  expect(await give(first, 'necessity')).toBeNull()
  expect(await give(first, 'legality')).toBe('conflict governance.another-person')
  expect(await give(second, 'necessity')).toBe('conflict governance.opinion-given')
  expect(await give(first, 'fair-competition')).toBeNull()
  expect(await give(await owner(database.owner), 'legality')).toBe('forbidden accounts.not-allowed')
  const elsewhere = await regulators(database, { divisionCode: '220200' })
  expect(await give(elsewhere.manager, 'legality')).toBe('forbidden catalogue.other-division')
  const { id } = (await database.owner('list_proposals').where({ number }).first('id')) as { id: string }
  const [{ ledger_entry_id }] = await database.owner('list_opinions').where({ proposal_id: id }).select('ledger_entry_id')
  const row = { proposal_id: id, kind: 'legality', favours: true, office: '法规处', words: '同意', given_at: new Date(), ledger_entry_id }
  await expect(database.app('list_opinions').insert({ ...row, given_by: first.accountId })).rejects.toThrow(/list_opinions_by_three/)
  await expect(database.app('list_opinions').insert({ ...row, given_by: people.manager.accountId })).rejects.toThrow(/of their own/)
})

test('a retirement after a repeal may go without comment, says so, and nothing else may', async ({ database, db, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  await adopted(as, people, { wordings: [{ code: 'G0040' }, { code: 'G0041' }] }, { from: '2026-12-01', later: OVER })
  const urgentReason = '城市绿化条例第二十条于 2026 年 12 月 1 日废止。'
  expect(await refused(proposed(as, people, { wordings: [{ code: 'G0042' }], retire: ['G0040'], urgentReason }, '2026-12-02T10:00'))).toBe('conflict governance.urgent-only-retires')
  const number = await proposed(as, people, { retire: ['G0040'], urgentReason }, '2026-12-02T10:00')
  expect(await refused(adoptProposal(as(people.manager, '2026-12-02T11:00'), { number, from: '2026-12-02', note: '依据废止' }))).toBe('conflict governance.opinions-missing')
  await examined(as, people, number, { at: '2026-12-02T11:00' })
  await adoptProposal(as(people.manager, '2026-12-02T12:00'), { number, from: '2026-12-02', note: '依据废止，立即移出' })
  expect(await findListing(db, { code: 'G0040', divisionCode: CHANGCHUN, on: '2026-12-02' })).toBeUndefined()
  expect((await showProposal(as(), { number })).proposal.urgentReason).toBe(urgentReason)
  const { id } = await beginProposal(as(people.colleagues[0]!), ABOUT)
  await putRetirement(as(people.colleagues[0]!, '2026-12-02T13:00'), { id, code: 'G0041', reason: '依据废止了' })
  expect(await refused(propose(as(people.colleagues[0]!, '2026-12-02T13:00'), { id, urgentReason }))).toBe('forbidden accounts.not-allowed')
})

test('what was proposed does not change, and a draft is seen by its own office alone', async ({ database, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  const { id } = await beginProposal(as(people.manager), ABOUT)
  expect(await refused(propose(as(people.manager), { id, urgentReason: null }))).toBe('conflict governance.empty')
  await putWording(as(people.manager), { id, form: entry({ code: 'G0050' }) })
  await putWording(as(people.manager), { id, form: entry({ code: 'G0051' }) })
  await dropEntry(as(people.manager), { id, code: 'G0051' })
  await reviseProposal(as(people.colleagues[1]!), { id, ...ABOUT, title: '换了一个名称' })
  expect((await showDraftProposal(as(people.colleagues[0]!), id)).draft.title).toBe('换了一个名称')
  const elsewhere = await regulators(database, { divisionCode: '220200' })
  expect(await refused(showDraftProposal(as(elsewhere.manager), id))).toBe('missing governance.no-such-proposal')
  expect((await showGovernance(as(people.manager))).drafts.map((one) => one.id)).toContain(id)
  expect((await findProposals(as())).proposals.map((one) => one.id)).not.toContain(id)
  const { number } = await propose(as(people.manager), { id, urgentReason: null })
  expect(number).toMatch(/^QD-220100-2026-\d{3}$/)
  expect(await refused(putWording(as(people.manager), { id, form: entry({ code: 'G0052' }) }))).toBe('conflict governance.not-a-draft')
  await expect(database.app('list_proposals').where({ id }).update({ title: '改头换面' })).rejects.toThrow(/does not change/)
  await expect(database.app('list_proposal_entries').where({ proposal_id: id }).delete()).rejects.toThrow(/do not change/)
  const other = await beginProposal(as(people.manager), ABOUT)
  await discardProposal(as(people.manager), other)
  expect(await refused(showDraftProposal(as(people.manager), other.id))).toBe('missing governance.no-such-proposal')
})

test('a form sent twice is one comment of a member, and ten people who say the same are ten', async ({ database, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  const number = await proposed(as, people, { wordings: [{ code: 'G0060' }] })
  await examined(as, people, number)
  await openComment(as(people.manager), { number })
  const person = as(await naturalPerson(database.owner))
  for (let n = 0; n < 3; n++) await commentOnProposal(person, { number, words: '同意列入清单。', contact: null })
  for (let n = 0; n < 10; n++) await commentOnProposal(as(), { number, words: '同意列入清单。', contact: null })
  const { comments, proposal } = await showProposal(as(), { number })
  expect(proposal.comments.all).toBe(11)
  expect(comments[0]).toMatchObject({ organisation: null, isVisitor: false, words: '同意列入清单。' })
})

test('two adoptions of what builds on the same wording: the second is told that the list moved', async ({ database, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  await adopted(as, people, { wordings: [{ code: 'G0070' }] }, { from: '2026-12-01', later: OVER })
  const at = '2026-12-02T10:00'
  const numbers = await Promise.all(['一', '二'].map((n) => proposed(as, people, { wordings: [{ code: 'G0070', department: `园林局${n}处` }] }, at)))
  for (const number of numbers) {
    await examined(as, people, number, { at })
    await openComment(as(people.manager, at), { number })
  }
  const answers = await Promise.all(numbers.map((number) => refused(adoptProposal(as(people.manager, '2026-12-15T10:00'), { number, from: '2027-01-01', note: '按程序通过' }))))
  expect(answers.filter((answer) => answer === null)).toHaveLength(1)
  expect(answers.filter((answer) => answer === 'conflict governance.list-moved')).toHaveLength(1)
})

test('agencies that offer the service hear of the proposal, of its withdrawal, and of its adoption', async ({ database, db, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  const listing = (await findListing(db, { code: 'S0407', divisionCode: CHANGCHUN, on: '2026-11-20' }))!
  const member = await offering(database.owner, listing)
  const number = await proposed(as, people, { retire: ['S0407'] })
  await examined(as, people, number)
  await openComment(as(people.manager), { number })
  await withdrawProposal(as(people.manager, OVER), { number, reason: '再调研一段时间' })
  await adopted(as, people, { retire: ['S0407'] }, { from: '2027-01-01', later: OVER })
  while ((await deliverMessages({ db: database.app }, 500)).events > 0);
  const kinds = await database.owner('messages').where({ organisation_id: member.organisationId }).orderBy('id').pluck('kind')
  expect(kinds).toEqual(['list-comment-open', 'list-proposal-withdrawn', 'list-comment-open', 'service-retired'])
})
