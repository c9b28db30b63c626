import { expect, test as base } from 'vitest'
import { DEMO_PEOPLE } from '#db/seeds/demo-people.ts'
import { memberCalled } from '#db/seeds/town/enrolment.ts'
import { diceFor } from '#db/seeds/town/dice.ts'
import { daysBefore } from '#db/seeds/town/stage.ts'
import { tellTown } from '#db/seeds/town/tell-town.ts'
import { databaseClock } from '#db/client.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { isPriced } from '#app/domain/tenders/priced.ts'
import type { Method } from '#app/domain/tenders/tender.ts'
import { TENDER_STATES_IN_SQL, tendersWithOutcomes } from '#db/repositories/tenders.ts'
import { prepareDatabase } from '../../bin/prepare-database.ts'
import { makeDatabase } from '#tests/support/database.ts'
import { testKeyring } from '#tests/support/keyring.ts'

const TOLD_AT = new Date('2026-11-20T06:00:00Z')
const SCALE = 0.12

/** A database with nothing in it but what every marketplace rests on, cloned from one that is so. */
async function bare(ground: string, onEnd: (end: () => Promise<void>) => void) {
  const database = await makeDatabase(ground)
  onEnd(database.drop)
  const pools = { db: database.app, ledgerDb: database.ledger, owner: database.owner }
  const tell = (more: { onProgress?: (share: number) => void } = {}) => tellTown({ ...pools, keyring: testKeyring(), password: 'a password of a test', scale: SCALE, toldAt: TOLD_AT, ...more })
  const ledger = async (): Promise<string[]> => (await pools.owner('ledger_entries').orderBy('ordinal').select('body')).map(({ body }) => String(body))
  const root = async () => (await pools.owner('ledger_checkpoints').orderBy('size', 'desc').first('size', 'root', 'note')) as { size: number; root: Buffer; note: string }
  return { ...pools, tell, ledger, root }
}

const test = base
  .extend('ground', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { name, url, ownerUrl, drop } = await makeDatabase('template0')
    onCleanup(drop)
    await prepareDatabase({ databaseUrl: url, databaseOwnerUrl: ownerUrl, databaseRoles: true })
    return name
  })
  // A town told without a break; to tell one is most of what a test here costs, so they share it.
  .extend('whole', { scope: 'file' }, async ({ ground }, { onCleanup }) => {
    const town = await bare(ground, onCleanup)
    await town.tell()
    return town
  })

test('on whatever day a town is told, what came earlier in its story comes earlier in its year, over week-ends and holidays too', () => {
  const disordered: string[] = []
  for (let told = 0; told < 366; told++) {
    const toldAt = new Date(TOLD_AT.getTime() + told * 86_400_000)
    const year = Array.from({ length: 200 }, (_, days) => daysBefore({ toldAt }, days + 1, diceFor(`day/${told}/${days}`)))
    for (const [place, at] of year.entries()) if (place > 0 && at >= year[place - 1]!) disordered.push(`${toldAt.toISOString()}: ${place + 1} days before`)
  }
  expect(disordered).toEqual([])
})

test('two towns told on one day with one keyring are one town: every entry of the ledger, its root, every receipt', async ({ ground, whole: one, onTestFinished }) => {
  const other = await bare(ground, onTestFinished)
  await other.tell()
  const [first, second] = [await one.ledger(), await other.ledger()]
  expect(first.length).toBeGreaterThan(400)
  expect(second).toEqual(first)
  expect(await other.root()).toEqual(await one.root())
  // Among them are bids whose keys were split, by no chance but the story's.
  expect(await one.owner('bids').join('tenders', 'tenders.id', 'tender_id').whereRaw(`sealing -> 'threshold' is not null`).pluck('bids.id')).not.toEqual([])
  const receipts = ({ owner }: typeof one) => owner('bids').orderBy('ordinal').select('id', 'receipt')
  expect(await receipts(other)).toEqual(await receipts(one))
})

test('a telling that was cut off goes on at the next start, and is told once', async ({ ground, whole, onTestFinished }) => {
  const cut = await bare(ground, onTestFinished)
  for (const most of [0.1, 0.6, 0.97]) {
    const stop = (share: number) => { if (share > most) throw new Error('The machine was switched off.') }
    await expect(cut.tell({ onProgress: stop })).rejects.toThrow('switched off')
    expect(await cut.owner('demo_people').select()).toEqual([])
  }
  await cut.tell()
  const kinds = async ({ owner }: typeof cut) => owner('ledger_entries').select('kind').count().groupBy('kind').orderBy('kind')
  expect(await kinds(cut)).toEqual(await kinds(whole))
  expect(await cut.owner('demo_people').select()).toHaveLength(DEMO_PEOPLE.filter(({ sentence }) => sentence).length)
})

test('the year was told afterwards and says so; its tenders are in every state; the school is sent where the law sends it', async ({ whole: town }) => {
  for (const entry of (await town.ledger()).map((body) => JSON.parse(body) as { at: string; recordedAt: string })) {
    expect(entry.recordedAt).toBe(TOLD_AT.toISOString())
    expect(entry.at <= entry.recordedAt).toBe(true)
  }
  expect(await town.owner('ledger_pending').select()).toEqual([])

  const states = new Set<string>()
  for (const [state, sql] of Object.entries(TENDER_STATES_IN_SQL)) {
    if (await tendersWithOutcomes(town.owner).whereRaw(sql, { at: TOLD_AT }).first('tenders.id')) states.add(state)
  }
  const methods = (await town.owner('tenders').join('awards', 'awards.tender_id', 'tenders.id').distinct('method').pluck('method')) as Method[]
  expect(methods).toEqual(expect.arrayContaining(['direct', 'random']))
  // A town of this size has few agencies of a kind: one of the methods by price is enough.
  expect(methods.filter(isPriced)).not.toEqual([])
  expect([...states]).toEqual(expect.arrayContaining(['draft', 'discarded', 'open', 'awarded', 'failed']))

  // What happens to a tender beside its course happened here too, and what waits for an owner waits for one that can be played.
  const played = await Promise.all(DEMO_PEOPLE.map(async (person) => (await memberCalled(town.db, person)).organisationId))
  const found = async (table: string, column: string): Promise<string[]> => town.owner(table).distinct(column).orderBy(column).pluck(column)
  expect(await found('tender_extensions', 'cause')).toEqual(['correction', 'outage', 'owner'])
  expect(await found('tender_cancellations', 'reason')).toHaveLength(1)
  expect(await found('standing_suspensions', 'tender_id')).toHaveLength(1)
  expect((await found('tender_objections', 'id')).length - (await found('objection_answers', 'objection_id')).length).toBeGreaterThan(0)
  expect(await town.owner('outage_claims').leftJoin('outage_approvals', 'claim_id', 'id').whereNull('claim_id')).toHaveLength(1)
  const overdue = (await town.owner('open_questions').join('tenders', 'tenders.id', 'tender_id').where('answer_by', '<=', TOLD_AT).pluck('owner_id')) as string[]
  expect(overdue).not.toEqual([])
  for (const ownerId of overdue) expect(played).toContain(ownerId)

  const actor = await memberCalled(town.db, DEMO_PEOPLE.find(({ signInName }) => signInName === 'school')!)
  const draft = await town.db('tenders').where({ owner_id: actor.organisationId, ceiling_fen: 1_280_000_00 }).first<{ id: string }>('id')
  const context = { db: town.db, actor, keyring: testKeyring(), clock: databaseClock, traceId: '0'.repeat(32) }
  await expect(publishTender(context, { id: draft.id })).rejects.toMatchObject({ kind: 'conflict', code: 'guard.route-government-procurement' })
})
