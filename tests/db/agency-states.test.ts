import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { AGENCY_STATES, agencyStateOf, CHECK_STATES, checkStateOf, type AgencyFacts, type LatestCheck } from '#app/domain/agencies/agency-state.ts'
import { OFFERING_STATES, offeringStateOf } from '#app/domain/agencies/offering.ts'
import { AGENCY_STATES_IN_SQL, CHECK_STATES_IN_SQL, insertAgency, lockAgency } from '#db/repositories/agencies.ts'
import { insertCheck, insertCheckAnswer } from '#db/repositories/agency-checks.ts'
import { OFFERING_STATES_IN_SQL } from '#db/repositories/offerings.ts'
import { testApart } from '#tests/support/database.ts'
import { operator, organisation } from '#tests/support/factories.ts'
import { aListing, anEntry } from '#tests/support/tenders.ts'

const HOUR = 3_600_000

testApart('the state of an agency is the same in the rule and in SQL, for every kind of facts and every instant', async ({ database }) => {
  const db = database.owner
  const by = await operator(db)
  const ledgerEntryId = await anEntry(db)
  const at = new Date('2026-11-20T02:00:00Z')
  const when = [null, new Date(at.getTime() - HOUR), at, new Date(at.getTime() + HOUR)]
  const checks: (LatestCheck | null)[] = [null, { verdict: 'passed', checkedAt: at, answeredAt: null }, { verdict: 'returned', checkedAt: at, answeredAt: null }, { verdict: 'returned', checkedAt: at, answeredAt: at }]
  const known = new Map<string, AgencyFacts>()
  for (const expelledAt of [null, at]) for (const committedAt of [null, at]) for (const noticeEndsAt of when) for (const check of checks) {
    const { organisationId } = await organisation(db, { role: 'agency' })
    await db.transaction(async (trx) => {
      await insertAgency(trx, { organisationId, introduction: '', committedAt, admittedAt: at, noticeEndsAt, serviceDivisions: [], agentName: null, contactName: null, contactPhone: null })
      if (expelledAt) await trx('agencies').where({ organisation_id: organisationId }).update({ expelled_at: expelledAt })
      // An older check decides nothing any more.
      if (check) await insertCheck(trx, { id: randomUUID(), agencyId: organisationId, verdict: 'returned', reasons: ['other'], note: '', at: new Date(at.getTime() - HOUR), by: by.accountId, ledgerEntryId })
      const id = randomUUID()
      if (check) await insertCheck(trx, { id, agencyId: organisationId, verdict: check.verdict, reasons: check.verdict === 'returned' ? ['other'] : [], note: '', at: check.checkedAt, by: by.accountId, ledgerEntryId })
      if (check?.answeredAt) await insertCheckAnswer(trx, { checkId: id, answer: '已补', at: check.answeredAt, by: by.accountId })
    })
    known.set(organisationId, { admittedAt: at, expelledAt, committedAt, noticeEndsAt, check })
  }
  const states = () => db('agencies as a').leftJoin('agency_latest_checks as latest', 'latest.agency_id', 'a.organisation_id')
  const found = new Map<string, string[]>([...known.keys()].map((id) => [id, []]))
  for (const state of AGENCY_STATES) for (const id of await states().whereRaw(AGENCY_STATES_IN_SQL[state], { at } as never).pluck('a.organisation_id')) found.get(id)!.push(state)
  for (const state of CHECK_STATES) for (const id of await states().whereRaw(CHECK_STATES_IN_SQL[state]).pluck('a.organisation_id')) found.get(id)!.push(state)
  for (const [id, facts] of known) {
    expect(found.get(id), JSON.stringify(facts)).toEqual([agencyStateOf(facts, at), checkStateOf(facts.check)])
    expect((await db.transaction((trx) => lockAgency(trx, id)))!.check).toEqual(facts.check)
  }
  expect(new Set([...found.values()].map(([state]) => state)).size).toBe(AGENCY_STATES.length)
})

testApart('the state of a version of an offer is the same in the rule and in SQL', async ({ database }) => {
  const db = database.owner
  const { organisationId } = await organisation(db, { role: 'agency' })
  await db('agencies').insert({ organisation_id: organisationId, admitted_at: new Date(), committed_at: new Date() })
  const listing = await aListing(db)
  const version = async (id: string, withdrawn: boolean, replaces: string | null = null) => {
    await db('offerings').insert({ id, agency_id: organisationId, listing_id: listing.id, listing_code: listing.code, conditions: '—', process: '—', promised_days: 1, fee: '—', service_divisions: ['220100'], offered_at: new Date(), withdrawn_at: withdrawn ? new Date() : null, replaces })
  }
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()]
  await version(first, true)
  await version(second, true, first)
  await version(third, false)
  const facts = new Map([[first, { withdrawnAt: new Date(), isReplaced: true }], [second, { withdrawnAt: new Date(), isReplaced: false }], [third, { withdrawnAt: null, isReplaced: false }]])
  for (const [id, given] of facts) {
    const rows = await Promise.all(OFFERING_STATES.map(async (state) => ((await db('offerings as f').where({ id }).whereRaw(OFFERING_STATES_IN_SQL[state]).first('id')) ? state : null)))
    expect(rows.filter((state) => state !== null)).toEqual([offeringStateOf(given)])
  }
})
