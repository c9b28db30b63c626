import { expect, vi } from 'vitest'
import { declareJudge } from '#app/domain/awards/declare-judge.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { paths } from '#app/paths.ts'
import { failedMerit } from '#tests/support/judged.ts'
import { aJudge, bidTooDear } from '#tests/support/judges.ts'
import { aTender, offering, setPeriods } from '#tests/support/tenders.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'
import { meritZh } from '../../bin/verify/merit-sentences-zh.ts'
import { Person } from './person.ts'
import { withContexts } from './sealed-stage.ts'
import { choose, DESK, loaded, part, PHONE, test } from './verifying.ts'

test('that a selection by merit had to fail is checked on its page, and offline from its file, where a changed sign is named', async ({ site, browser }) => {
  const { owner: db } = site.database
  await setPeriods(db, { application: { n: 6, unit: 's' }, drawDelay: { n: 1, unit: 's' }, scoring: { n: 600, unit: 's' } })
  const as = withContexts(site)
  const stage = await aTender(site.database, as, { method: 'merit', categoryCode: '0404' })
  const { number, tender } = stage
  const [fair, dear] = [await offering(db, stage.listing), await offering(db, stage.listing)]
  await sealBidAtDoor(as(fair), { number, quote: { kind: 'money', fen: 30_000_00 }, plan: '三阶段方案', contribution: '' })
  await bidTooDear(as(dear), stage, dear)
  await vi.waitFor(async () => expect(await db('draw_pools').where({ tender_id: tender.id })).toHaveLength(1), { timeout: 60_000, interval: 500 })
  for (const seat of [1, 2, 3]) await declareJudge(as(await aJudge(site.database, as, stage, seat)), { number })
  await vi.waitFor(async () => expect((await (await fetch(site.address + paths.bundle(number))).json() as { ledger?: object | null }).ledger).toBeTruthy(), { timeout: 60_000, interval: 500 })

  const reader = await Person.at(browser, site.address, 'reader', DESK)
  await reader.open(paths.tender(number))
  expect(await reader.text()).toContain(reader.words.merit.verifyFailed)
  await reader.page.getByRole('button', { name: reader.words.verify.panel.fetch }).click()
  await part(reader, 'print').waitFor()
  expect(await part(reader, 'outcome').innerText()).toContain(reader.words.verify.live.failed.replace('{tender}', number))
  expect(await part(reader, 'steps').innerText()).toContain(meritZh.declared(3))
  await reader.look('merit-failed')
  await reader.leave()

  const alone = await Person.at(browser, site.address, 'reader', PHONE)
  await alone.open(paths.verify({ tender: number }))
  await loaded(alone)
  expect(await alone.text()).toContain(alone.words.verify.byHand.failed)
  await alone.page.context().setOffline(true)
  const failed = await failedMerit()
  const text = JSON.stringify(failed)
  await part(alone, 'keys').fill(failed.ledger!.keys[0]!)
  await choose(alone, text)
  expect(await part(alone, 'outcome').innerText()).toContain(alone.words.verify.live.holds)
  for (const [from, to] of [['"reason":"no-plan"', '"reason":null'], ['"kind":"judge.declared"', '"kind":"judge.silent"'], ['"valid":1', '"valid":2']] as const) {
    const changed = text.replace(from, to)
    await choose(alone, changed)
    expect(await part(alone, 'outcome').locator('code').first().innerText(), from).toBe(verifyBundle(changed).faults[0]!.field)
  }
  await alone.look('merit-failure-refused')
  await alone.leave()
})
