import { spawnSync } from 'node:child_process'
import { expect, vi } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { paths } from '#app/paths.ts'
import { databaseClock } from '#db/client.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { offering, setPeriods } from '#tests/support/tenders.ts'
import { Person, type Manner } from './person.ts'
import { DESK, PHONE, signedIn, staged, test } from './sealed-stage.ts'

const CATEGORY = '0501'

test.for<Manner>([DESK, PHONE])('credit is published, a small list is drawn, its owner picks, and the command verifies it at a $name', { timeout: 240_000 }, async (manner, { site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' }, drawDelay: { n: 1, unit: 's' }, publicity: { n: 600, unit: 's' }, decline: { n: 300, unit: 's' } })
  const stage = await staged(site, { method: 'credit-shortlist', categoryCode: CATEGORY })
  const { as, owner, number } = stage
  const names = ['甲', '乙', '丙', '丁', '戊']
  const bidders = (await Promise.all(names.map((name) => offering(site.database.owner, stage.listing, { name: `长春${name}级工程设计有限公司` })))) as Member[]
  for (const member of bidders) await submitBid(as(member), { number, contribution: '' })

  const regulator = (await site.database.owner('organisation_roles as roles').join('memberships', 'memberships.organisation_id', 'roles.organisation_id').where({ 'roles.role': 'regulator', 'memberships.duty': 'manager' }).join('accounts', 'accounts.id', 'memberships.account_id').first('accounts.id as accountId')) as { accountId: string }
  const officer = await signedIn(site, browser, { ...owner, accountId: regulator.accountId } as Member, manner)
  const { credit } = officer.words
  await officer.open(paths.gradeAgency())
  await officer.fill({ agency: '不是信用代码', grade: 'A', source: '2026 年度信用评价结果', reason: '年度评价结果公布。' })
  await officer.press(credit.manage.button)
  expect(await officer.text()).toContain(credit.refusals['no-such-agency'])
  await officer.look('grade-refused')
  await officer.fill({ agency: bidders[0]!.uscc! })
  await officer.press(credit.manage.button)
  expect(await officer.text()).toContain(credit.manage.done.title)
  await officer.leave()

  const sequence = makeSequencer({ db: site.database.ledger, keyring: as(owner).keyring, clock: databaseClock, log: { warn: () => {} } })
  await site.passDeadline(number)
  await vi.waitFor(async () => {
    await attendTender(as(owner), stage.tender)
    await sequence()
    expect(statusAt((await findTender(site.database.owner, stage.tender))!, await databaseClock.read(site.database.owner))).toBe('shortlisted')
  }, { timeout: 90_000, interval: 500 })

  const visitor = await Person.at(browser, site.address, 'visitor', manner)
  await visitor.open(paths.tender(number))
  expect(await visitor.text()).toContain(credit.now.title)
  // The small list stands once: with the whole order, to which the notice leads.
  expect(await visitor.page.locator('main table', { hasText: credit.outcomes.listed }).count()).toBe(1)
  expect([await visitor.page.locator(`main table:has(caption:text-is("${credit.now.title}"))`).count(), await visitor.page.locator('main a[href="#result"]').count() > 0]).toEqual([0, true])
  await visitor.look('shortlisted')
  await visitor.open(paths.credit())
  await visitor.look('credit')
  await visitor.open(paths.agency(bidders[0]!.uscc!))
  expect(await visitor.text()).toContain('2026 年度信用评价结果')

  const buyer = await signedIn(site, browser, owner, manner)
  await buyer.open(paths.tender(number))
  await buyer.follow({ href: paths.pick(number) })
  const label = (await buyer.page.locator('[name="label"]').nth(1).getAttribute('value'))!
  await buyer.fill({ label, reason: '太短' })
  await buyer.press(credit.pick.button)
  expect(await buyer.text()).toContain(credit.refusals['pick-reason'])
  expect(await buyer.page.locator('[name="reason"]').inputValue()).toBe('太短')
  await buyer.look('pick')
  const reason = '同类项目业绩最多，项目负责人可以全程驻场。'
  await buyer.fill({ label, reason, confirmed: 'yes' })
  await buyer.press(credit.pick.button)
  expect(await buyer.text()).toContain(reason)
  await buyer.look('picked')
  await buyer.open(paths.pick(number))
  expect(await buyer.text()).toContain(credit.pick.not.state)
  await buyer.leave()

  await sequence()
  await visitor.open(paths.tender(number))
  expect(await visitor.text()).toContain(reason)
  await visitor.leave()
  const bundle = await (await fetch(`${site.address}${paths.bundle(number)}`)).text()
  const verified = (input: string) => spawnSync(process.execPath, ['bin/verify.ts', '-'], { input, encoding: 'utf8' }).stdout
  expect(verified(bundle)).toContain(`${label} was picked from the small list`)
  expect(verified(bundle.replace(reason, `${reason}！`))).toContain('REFUSED. The first field that is wrong: /steps/pick')
})
