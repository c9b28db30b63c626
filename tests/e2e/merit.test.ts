import { execFile } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, vi } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { acceptInvitation } from '#app/domain/accounts/accept-invitation.server.ts'
import { paths } from '#app/paths.ts'
import { listJudges } from '#db/repositories/judges.ts'
import { kilobytes, SCRIPT_LIMITS, weighPage } from '#tests/support/page-weight.ts'
import { unique } from '#tests/support/factories.ts'
import { aJudge } from '#tests/support/judges.ts'
import { aTender, offering, setPeriods } from '#tests/support/tenders.ts'
import { meritZh } from '../../bin/verify/merit-sentences.ts'
import { DESK, PHONE, signedIn, withContexts } from './sealed-stage.ts'
import { part, test } from './verifying.ts'

const run = promisify(execFile)

test('plans and prices are bid, three judges mark and show their sheets, and the result is checked by page and command', { timeout: 300_000 }, async ({ site, browser }) => {
  const { database } = site
  await setPeriods(database.owner, { application: { n: 600, unit: 's' }, drawDelay: { n: 1, unit: 's' }, lowQuoteExplanation: { n: 1, unit: 's' }, scoring: { n: 600, unit: 's' } })
  const as = withContexts(site)
  const stage = await aTender(database, as, { method: 'merit' })
  const { number, tender } = stage

  for (const [place, manner] of [DESK, PHONE].entries()) {
    const bidder = await signedIn(site, browser, await offering(database.owner, stage.listing), manner)
    await bidder.open(paths.bid(number))
    if (manner.javaScript) await bidder.page.getByText(bidder.words.pricing.honest.here).waitFor()
    await bidder.fill({ price: `${place + 3}0000`, plan: '一、先踏勘。\n二、分三个阶段实施。', commitment: 'yes' })
    await bidder.look('merit-bid')
    await bidder.page.locator('main').getByRole('button', { name: bidder.words.pricing.submit }).click()
    await bidder.page.waitForURL(/sent|done|bid/)
    await vi.waitFor(async () => expect(await database.owner('bids').where({ tender_id: tender.id })).toHaveLength(place + 1), { timeout: 30_000 })
    await bidder.leave()
  }
  await site.passDeadline(number)
  await vi.waitFor(async () => expect(await database.owner('draw_pools').where({ tender_id: tender.id })).toHaveLength(1), { timeout: 120_000, interval: 500 })

  const owner = await signedIn(site, browser, stage.owner, DESK)
  await owner.open(paths.judges(number))
  await owner.fill({ seat: '1', judgeName: '尉迟评审', judgePhone: '13904310077' })
  await owner.press(owner.words.merit.manage.send)
  await owner.look('merit-invited')
  const invitation = (await owner.page.locator('main code').allInnerTexts()).find((text) => /^[\w-]{43}$/.test(text.trim()))!.trim()
  const { accountId } = await acceptInvitation(as(stage.owner), { invitation, displayName: '尉迟评审', signInName: unique('judge'), password: '四月的雨落在净月潭边上', locale: 'zh', ip: '10.0.0.9' })
  const { organisationId } = (await listJudges(database.owner, tender.id))[0]!
  const first: Member = { ...stage.owner, accountId, displayName: '尉迟评审', organisationId, organisationName: '尉迟评审', uscc: null, role: 'judge', duty: 'manager' }
  const judges = [first, await aJudge(database, as, stage, 2), await aJudge(database, as, stage, 3)]
  const people = await Promise.all(judges.map((judge, place) => signedIn(site, browser, judge, place === 1 ? PHONE : DESK)))
  for (const judge of people) {
    await judge.open(paths.judge(number))
    await judge.look('merit-declare')
    await judge.fill({ commitment: 'yes' })
    await judge.press(judge.words.merit.page.declare)
  }
  for (const judge of people) {
    await judge.waitFor(judge.words.merit.page.sheetLead, 90_000)
    for (const name of await judge.page.locator('main [name^="points-"]').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).name))) {
      await judge.fill({ [name]: '12.5', [name.replace('points-', 'reason-')]: '思路清楚，可以实施。' })
    }
    await judge.look('merit-sheet')
    await judge.press(judge.words.merit.page.commit)
  }
  for (const judge of people) {
    await judge.open(paths.judge(number))
    await judge.press(judge.words.merit.page.show)
    await judge.leave()
  }

  const bundle = await vi.waitFor(async () => {
    const text = await (await fetch(site.address + paths.bundle(number))).text()
    expect((JSON.parse(text) as { ledger: object | null }).ledger).not.toBeNull()
    return text
  }, { timeout: 120_000, interval: 500 })
  const file = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'merit-')), 'bundle.json')
  await fs.writeFile(file, bundle)
  const { stdout } = await run(process.execPath, ['bin/verify.ts', file, '--language', 'zh'])
  for (const sentence of [meritZh.seated(3), meritZh.asCommitted, meritZh.ranked]) expect(stdout).toContain(sentence)
  await fs.writeFile(file, bundle.replace(/"points":\s*1250/, '"points":1251'))
  await expect(run(process.execPath, ['bin/verify.ts', file])).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/first field that is wrong: \/steps\/sheets\/0\/sheet/) })

  await owner.open(paths.tender(number))
  const { script } = await weighPage(site.address + paths.tender(number), await owner.page.content())
  expect(kilobytes(script)).toBeLessThanOrEqual(SCRIPT_LIMITS.verifies)
  await owner.page.getByRole('button', { name: owner.words.verify.panel.fetch }).click()
  await part(owner, 'print').waitFor()
  expect(await part(owner, 'outcome').innerText()).toContain(owner.words.verify.live.holds)
  expect(await part(owner, 'steps').innerText()).toContain(meritZh.ranked)
  await owner.look('merit-verified')
  await owner.leave()
})
