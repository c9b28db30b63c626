import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declareJudge, stepBack } from '#app/domain/awards/declare-judge.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { runCommand } from '#tests/support/commands.ts'
import { test } from '#tests/support/database.ts'
import { aJudge, bidTooDear } from '#tests/support/judges.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods } from '#tests/support/tenders.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

test('a selection by merit that fails for too few valid bids shows with a bundle that it had to, with the judges who were seated, by the command too', async ({ database, context, clock, onTestFinished }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, scoring: { n: 300, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } })
  const stage = await aTender(database, make, { method: 'merit', categoryCode: '0404' })
  const { owner, number, tender } = stage
  const [fair, dear] = [await offering(database.owner, stage.listing), await offering(database.owner, stage.listing)]
  await sealBidAtDoor(make(fair), { number, quote: { kind: 'money', fen: 30_000_00 }, plan: '三阶段方案', contribution: '' })
  await bidTooDear(make(dear), stage, dear)
  clock.set(tender.publication.closesAt)
  await attendTender(make(owner), tender)
  const sequence = sequencerOf(database)
  await sequence()
  await stepBack(make(await aJudge(database, make, stage, 2)), { number, reason: '曾为其中一家机构做过顾问。' })
  for (const seat of [1, 2, 3]) await declareJudge(make(await aJudge(database, make, stage, seat)), { number })
  expect(await attendTender(make(owner), tender)).toEqual({ steps: ['open'] })
  const failed = (await findTender(database.owner, tender))!
  expect([failed.opening, statusAt(failed, clock.now), failed.judging!.sheetsDue]).toMatchObject([{ outcome: 'too-few-valid', valid: 1, invalid: 1 }, 'failed', null])

  // Before its entries are in the log there is nothing to prove, but everything to see.
  const waiting = await showBundle(make(owner), { number })
  expect([waiting.ledger, waiting.method === 'merit' && waiting.steps.seated.length]).toEqual([null, 8])
  await sequence()
  const bundle = JSON.stringify(await showBundle(make(owner), { number }))
  const { faults, passed } = verifyBundle(bundle)
  expect(faults).toEqual([])
  expect(passed.map(({ value }) => value)).toContain('1 of 2 valid')
  const folder = mkdtempSync(path.join(tmpdir(), 'merit-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(path.join(folder, 'bundle.json'), bundle)
  const { code, output } = await runCommand('bin/verify.ts', [path.join(folder, 'bundle.json')], {})
  expect([code, output]).toEqual([0, expect.stringContaining('All 3 judges declared that nothing ties them to a bidder before anything was opened.')])
})
