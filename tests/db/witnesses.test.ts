import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { enrolWitness, leaveWitnesses } from '#app/domain/draw/enrol-witness.server.ts'
import type { Bundle } from '#app/domain/draw/bundle.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { showWitnessing } from '#app/domain/draw/show-witnessing.server.ts'
import { signAsWitness } from '#app/domain/draw/sign-as-witness.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { test, type MakeContext, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { agency, operator, owner, regulator } from '#tests/support/factories.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { aTender, contextsOf, drawn, offering, sequencerOf, setPeriods, withBidders } from '#tests/support/tenders.ts'
import { signatureOf, witnessKey } from '#tests/support/witnessed.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

const NO_KEY = { publicKey: '', signature: '' }
const codeOf = (promise: Promise<unknown>) => promise.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : String(error)))

async function staged({ owner: db }: TestDatabase, make: ReturnType<typeof contextsOf>, database: TestDatabase) {
  await setPeriods(db, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' } })
  const stage = await aTender(database, make)
  const bidders = await withBidders(database, make, stage, 3)
  return { stage, bidders, number: stage.number }
}

async function decided(database: TestDatabase, context: MakeContext, clock: TestClock) {
  const make = contextsOf(context)
  const ground = await staged(database, make, database)
  await drawn(database, make, clock, ground.stage)
  return { make, ...ground }
}

/** Signs what the page shows, as the witness' browser does. */
async function sign(make: ReturnType<typeof contextsOf>, member: Member, number: string, seed: number) {
  const { statement } = await showWitnessing(make(member), { number })
  const { text: _text, ...signed } = statement!
  return signAsWitness(make(member), { number, publicKey: witnessKey(seed).publicKey, signature: signatureOf(seed, signed) })
}

test('a citizen enrols before the draw, hears of the result, signs it, and the bundle shows it to anybody', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, number } = await staged(database, make, database)
  const [citizen, neighbour, third] = [await owner(database.owner, { uscc: null }), await agency(database.owner), await owner(database.owner)]
  const { publicKey } = witnessKey(1)
  expect(await showWitnessing(make(citizen), { number })).toMatchObject({ may: 'enrol', why: null, left: 3, statement: null })
  const { id } = await enrolWitness(make(citizen), { number, publicKey })
  // A second click, or another tab with another key, changes nothing.
  expect((await enrolWitness(make(citizen), { number, publicKey: witnessKey(7).publicKey })).id).toBe(id)
  expect(await codeOf(signAsWitness(make(citizen), { number, ...NO_KEY }))).toBe('witnesses.not-decided')
  await drawn(database, make, clock, stage)
  await deliverAll(make(stage.owner))
  expect((await kindsOf(as(make, citizen)))[0]).toBe('result-to-witness')

  await sign(make, citizen, number, 1)
  await sign(make, neighbour, number, 2)
  await signAsWitness(make(third), { number, ...NO_KEY })
  expect(await showWitnessing(make(citizen), { number })).toMatchObject({ may: null, why: null, signed: { place: 1, byKey: true }, left: 0 })
  const { witnesses } = await showTender(make(stage.owner), { number })
  expect(witnesses.map(({ place, name, fingerprint, before }) => [place, name, fingerprint !== null, before])).toEqual([[1, null, true, true], [2, neighbour.organisationName, true, false], [3, third.organisationName, false, false]])
  // Names of people are in no entry.
  const bodies = (await database.owner('ledger_entries').where({ subject: number }).pluck('body')).map(String)
  for (const { displayName } of [citizen, neighbour, third]) expect(bodies.join()).not.toContain(displayName)

  // Before their entries are under a checkpoint the bundle has no witnesses, and holds; afterwards it has them, and holds.
  await sequencerOf(database)()
  const bundle = await showBundle(make(stage.owner), { number })
  expect((bundle as Bundle).witnesses!.map(({ enrolled }) => Boolean(enrolled))).toEqual([true, false, false])
  const { faults, passed } = verifyBundle(JSON.stringify(bundle))
  expect([faults, passed.at(-1)!.sentence]).toEqual([[], '3 lay witnesses signed this result, and no other.'])
})

test('the first three who sign are the witnesses; who enrolled and does not come keeps nobody out', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, number } = await staged(database, make, database)
  const people = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => owner(database.owner, { uscc: null })))
  for (const [place, person] of people.slice(0, 3).entries()) await enrolWitness(make(person), { number, publicKey: witnessKey(10 + place).publicKey })
  expect(await codeOf(enrolWitness(make(people[3]!), { number, publicKey: '' }))).toBe('witnesses.full')
  await leaveWitnesses(make(people[2]!), { number })
  expect(await codeOf(leaveWitnesses(make(people[2]!), { number }))).toBe('witnesses.not-enrolled')
  expect(await codeOf(enrolWitness(make(people[3]!), { number, publicKey: '' }))).toBeNull()
  await drawn(database, make, clock, stage)
  expect(await codeOf(enrolWitness(make(people[4]!), { number, publicKey: '' }))).toBe('witnesses.decided')
  expect(await codeOf(leaveWitnesses(make(people[0]!), { number }))).toBe('witnesses.decided')
  const places = await Promise.all(people.slice(3, 7).map((person, place) => sign(make, person, number, 20 + place).then(({ place: taken }) => taken, (error: { code: string }) => error.code)))
  expect(places.map(String).sort()).toEqual(['1', '2', '3', 'witnesses.full'])
})

test('who has an interest, an office, or a colleague among the witnesses is refused, and told why', async ({ database, context, clock }) => {
  const { make, stage, bidders, number } = await decided(database, context, clock)
  const db = database.owner
  const refused = (member: Member) => codeOf(signAsWitness(make(member), { number, ...NO_KEY }))
  expect(await refused(stage.owner)).toBe('witnesses.interest-owner')
  expect(await refused(bidders[0]!)).toBe('witnesses.interest-bidder')
  for (const member of [await regulator(db), await operator(db)]) {
    expect(await refused(member)).toBe('accounts.not-allowed')
    expect(await showWitnessing(make(member), { number })).toMatchObject({ may: null, why: 'witnesses.not-lay' })
  }
  const [same, near, twice] = [await owner(db), await owner(db), await owner(db)]
  await db('organisations').whereIn('id', [same.organisationId, stage.owner.organisationId]).update({ phone: '0431-88880001' })
  await db('organisations').whereIn('id', [near.organisationId, bidders[1]!.organisationId]).update({ address: '长春市绿园区同一条街 1 号' })
  await db('memberships').insert({ account_id: twice.accountId, organisation_id: bidders[2]!.organisationId, role: 'agency', duty: 'delegate', since: new Date('2026-01-05T01:00:00Z') })
  expect(await refused(same)).toBe('witnesses.interest-related-owner')
  expect(await refused(near)).toBe('witnesses.interest-related-bidder')
  expect(await refused(twice)).toBe('witnesses.interest-related-bidder')
  expect(await showWitnessing(make(near), { number })).toMatchObject({ may: null, why: 'witnesses.interest-related-bidder' })
  const [one, colleague] = [await owner(db), await owner(db)]
  await signAsWitness(make(one), { number, ...NO_KEY })
  expect(await refused({ ...colleague, organisationId: one.organisationId })).toBe('witnesses.same-organisation')
})

test('before there is a result an answer about other bidders would tell who has bid, so only one’s own bid is asked', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, bidders, number } = await staged(database, make, database)
  const [near, later] = [await owner(database.owner), await offering(database.owner, stage.listing)]
  await database.owner('organisations').whereIn('id', [near.organisationId, bidders[1]!.organisationId]).update({ address: '长春市绿园区又一条街 2 号' })
  expect(await codeOf(enrolWitness(make(bidders[0]!), { number, publicKey: '' }))).toBe('witnesses.interest-bidder')
  expect(await codeOf(enrolWitness(make(stage.owner), { number, publicKey: '' }))).toBe('witnesses.interest-owner')
  expect(await codeOf(enrolWitness(make(near), { number, publicKey: '' }))).toBeNull()
  // Whoever enrols and bids then is a bidder.
  await enrolWitness(make(later), { number, publicKey: '' })
  await submitBid(make(later), { number, contribution: '' })
  await drawn(database, make, clock, stage)
  for (const [member, code] of [[near, 'related-bidder'], [later, 'bidder']] as const) expect(await codeOf(signAsWitness(make(member), { number, ...NO_KEY }))).toBe(`witnesses.interest-${code}`)
})

test('a signature over something else, of another key, or with a key that has signed is refused; the same form again is the first one', async ({ database, context, clock }) => {
  const { make, number } = await decided(database, context, clock)
  const [one, other] = [await owner(database.owner, { uscc: null }), await owner(database.owner, { uscc: null })]
  const { statement } = await showWitnessing(make(one), { number })
  const { text: _text, ...honest } = statement!
  const { publicKey } = witnessKey(1)
  const attempt = (member: Member, given: { publicKey: string; signature: string }) => codeOf(signAsWitness(make(member), { number, ...given }))
  expect(await attempt(one, { publicKey, signature: signatureOf(1, { ...honest, winner: null }) })).toBe('witnesses.not-signed')
  expect(await attempt(one, { publicKey: witnessKey(2).publicKey, signature: signatureOf(1, honest) })).toBe('witnesses.not-signed')
  expect(await attempt(one, { publicKey, signature: '' })).toBe('witnesses.not-signed')
  expect(await attempt(one, { publicKey: '', signature: signatureOf(1, honest) })).toBe('witnesses.not-signed')
  for (const odd of ['x', `${publicKey} `, `${publicKey.slice(0, -2)}B=`, '='.repeat(44)]) expect(await attempt(one, { publicKey: odd, signature: signatureOf(1, honest) })).toBe('witnesses.key-malformed')
  const first = await sign(make, one, number, 1)
  expect((await sign(make, one, number, 1)).id).toBe(first.id)
  expect(await attempt(other, { publicKey, signature: signatureOf(1, honest) })).toBe('witnesses.key-used')
})

test('what has no result has no witnesses: a direct selection, and a tender that failed', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' } })
  const stage = await aTender(database, make)
  const citizen = await owner(database.owner, { uscc: null })
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  expect(await codeOf(enrolWitness(make(citizen), { number: stage.number, publicKey: '' }))).toBe('witnesses.over')
  expect(await showWitnessing(make(citizen), { number: stage.number })).toMatchObject({ why: 'witnesses.over', may: null })
  expect(await codeOf(enrolWitness(make(citizen), { number: 'MD-220100-2026-999999', publicKey: '' }))).toBe('tenders.no-such-tender')
})
