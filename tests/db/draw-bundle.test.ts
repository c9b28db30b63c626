import { expect } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { buildBundle, drawSteps } from '#app/domain/draw/bundle.ts'
import { DRAW_RULES, drawKey, drawSecret, labelsOf, orderOf } from '#app/domain/draw/draw.ts'
import { findLocalBeacon } from '#app/domain/draw/find-beacon.server.ts'
import { proveBundle } from '#app/domain/draw/prove-bundle.server.ts'
import { drawFacts, drawTerms, freezeFacts } from '#app/domain/draw/terms.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { transact } from '#db/client.ts'
import { findEntry } from '#db/views/ledger-entries.ts'
import { testApart as test, type TestContext } from '#tests/support/database.ts'
import { leafNo } from '#tests/support/drawn.ts'
import { CHANGCHUN } from '#tests/support/factories.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

const TENDER = 'MD-220100-2026-000001'

function enter(context: TestContext, at: string, kind: string, facts: Record<string, Json>, payload?: Json): Promise<string> {
  return transact(context.db, async (trx) => {
    const { entry } = await tell(trx, context, { at: new Date(at), act: 'test', kind, subject: TENDER, divisionCode: CHANGCHUN, facts, payload })
    return entry
  })
}

test('a draw from the database verifies with the independent program, under every later checkpoint too', async ({ database, context }) => {
  const ours = context(SYSTEM)
  const sequence = makeSequencer({ db: database.ledger, keyring: ours.keyring, clock: ours.clock, log: { warn: () => {} } })
  const bodyOf = async (id: string) => (await findEntry(database.app, { id }))!.body

  const terms = drawTerms(ours.keyring, { tender: TENDER, closesAt: new Date('2026-11-20T02:30:00Z'), drawsAfter: new Date('2026-11-20T02:40:00Z') })
  const publication = await enter(ours, '2026-11-20T02:00:00Z', 'tender.published', { procedure: { method: 'random' }, draw: terms as unknown as Json })
  const frozen = freezeFacts(publication, Array.from({ length: 6 }, (_, n) => leafNo(n)))
  const freeze = await enter(ours, '2026-11-20T02:30:01Z', 'pool.frozen', frozen.facts, frozen.payload)
  const asked = { freezeEntry: freeze, drawsAfter: new Date(terms.drawsAfter) }
  expect(await findLocalBeacon(database.app, asked), 'nothing can be drawn before a checkpoint covers the freeze').toBeNull()
  await enter(ours, '2026-11-20T02:30:02Z', 'bid.received', {})
  await sequence()

  const beacon = (await findLocalBeacon(database.app, asked))!
  expect(beacon).toMatchObject({ source: 'local', at: terms.drawsAfter })
  const secret = drawSecret(ours.keyring, TENDER)
  const order = orderOf(drawKey({ beacon, poolRoot: frozen.root.toString('hex'), tender: TENDER, rules: DRAW_RULES }, secret), 'pool', labelsOf(frozen.pool))
  const drawn = drawFacts({ freezeEntry: freeze, beacon, poolRoot: frozen.root, secret, order })
  const draw = await enter(ours, '2026-11-20T02:41:00Z', 'draw.drawn', drawn.facts, drawn.payload)
  const steps = drawSteps({ draw: await bodyOf(draw), order })
  const core = buildBundle({ method: 'random', purpose: 'pool', publication: await bodyOf(publication), freeze: await bodyOf(freeze), leaves: frozen.pool, beacon, secret, winner: order[0]!.label, steps })
  expect((await proveBundle(database.app, ours.keyring, core)).ledger, 'the draw waits for its checkpoint').toBeNull()

  for (let later = 0; later < 3; later++) {
    await sequence()
    const bundle = await proveBundle(database.app, ours.keyring, core)
    expect(verifyBundle(JSON.stringify(bundle), { keys: bundle.ledger!.keys }).faults).toEqual([])
    // More entries move the checkpoint on, not the value that decided.
    expect(await findLocalBeacon(database.app, asked)).toEqual(beacon)
    for (let n = 0; n < 3; n++) await enter(ours, '2026-11-20T03:00:00Z', 'bid.received', { n })
  }
})
