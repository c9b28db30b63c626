import { spawnSync } from 'node:child_process'
import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { offering, setPeriods } from '#tests/support/tenders.ts'
import { Person, type Manner } from './person.ts'
import { DESK, PHONE, signedIn } from './sealed-stage.ts'
import { anybodyVerifies, bids, demoPerson, ownerPublishes, SERVICE } from './steps.ts'

const test = standingSite({ demo: true, worker: true }, async (site) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' }, drawDelay: { n: 1, unit: 's' }, ownerPicks: { n: 600, unit: 's' }, publicity: { n: 600, unit: 's' }, decline: { n: 300, unit: 's' } })
})

test.for<Manner>([DESK, PHONE])('an owner publishes, grades are published, five bid, a small list is drawn, its owner picks, and the command verifies it at a $name', async (manner, { site, browser }) => {
  const [owner, officer] = await Promise.all([demoPerson(site, browser, manner, 'owner'), demoPerson(site, browser, manner, 'regulator')])
  const number = await ownerPublishes(owner, { method: 'credit-shortlist', smallList: '2', bigList: '4' })
  const agencies = await newcomers(site)
  const [best, worst] = [agencies[0]!, agencies.at(-1)!]
  await Promise.all(agencies.map(async (member) => {
    const agency = await signedIn(site, browser, member, manner)
    await bids(agency, number)
    await agency.leave()
  }))

  const { credit } = officer.words
  await officer.open(paths.gradeAgency())
  await officer.fill({ agency: '不是信用代码', grade: 'A', source: '2026 年度信用评价结果', reason: '年度评价结果公布。' })
  await officer.press(credit.manage.button)
  expect(await officer.text()).toContain(credit.refusals['no-such-agency'])
  await officer.look('grade-refused')
  await officer.fill({ agency: best.uscc! })
  await officer.press(credit.manage.button)
  expect(await officer.text()).toContain(credit.manage.done.title)
  await officer.fill({ agency: worst.uscc!, grade: 'D', source: '2026 年度信用评价结果', reason: '年度评价结果公布。' })
  await officer.press(credit.manage.button)
  expect(await officer.text()).toContain(worst.organisationName)
  await officer.leave()
  await site.passDeadline(number)

  const visitor = await Person.at(browser, site.address, 'visitor', manner)
  await visitor.open(paths.tender(number))
  await visitor.waitFor(credit.outcomes.listed)
  expect(await visitor.text()).toContain(credit.now.title)
  // The small list stands once: with the whole order, to which the notice leads.
  expect(await visitor.page.locator('main table', { hasText: credit.outcomes.listed }).count()).toBe(1)
  expect([await visitor.page.locator(`main table:has(caption:text-is("${credit.now.title}"))`).count(), await visitor.page.locator('main a[href="#result"]').count() > 0]).toEqual([0, true])
  await visitor.look('shortlisted')
  // Two are listed of the four with the best grades; whoever has the worst is in the pool, and in no draw.
  const drawn = await visitor.page.locator('#result tbody').innerText()
  for (const text of [credit.columns.creditOf('A', 4), best.organisationName]) expect(drawn).toContain(text)
  expect(drawn).not.toContain(worst.organisationName)
  expect(await visitor.text()).toContain(credit.resultLead(2, 4))
  const cut = visitor.page.locator('#pool tbody tr', { hasText: credit.cut })
  expect(await cut.count()).toBe(1)
  for (const text of [worst.organisationName, credit.poolCredit('D')]) expect(await cut.innerText()).toContain(text)
  expect(await visitor.page.locator('#result tbody tr', { hasText: credit.outcomes.listed }).count()).toBe(2)
  await visitor.open(paths.credit())
  await visitor.look('credit')
  await visitor.open(paths.agency(best.uscc!))
  expect(await visitor.text()).toContain('2026 年度信用评价结果')

  await owner.open(paths.tender(number))
  await owner.follow({ href: paths.pick(number) })
  const label = (await owner.page.locator('[name="label"]').nth(1).getAttribute('value'))!
  await owner.fill({ label, reason: '太短' })
  await owner.press(credit.pick.button)
  expect(await owner.text()).toContain(credit.refusals['pick-reason'])
  expect(await owner.page.locator('[name="reason"]').inputValue()).toBe('太短')
  await owner.look('pick')
  const reason = '同类项目业绩最多，项目负责人可以全程驻场。'
  await owner.fill({ label, reason, confirmed: 'yes' })
  await owner.press(credit.pick.button)
  expect(await owner.text()).toContain(reason)
  await owner.look('picked')
  await owner.open(paths.pick(number))
  expect(await owner.text()).toContain(credit.pick.not.state)
  await owner.leave()

  await anybodyVerifies(site, visitor, number)
  await visitor.open(paths.tender(number))
  expect(await visitor.text()).toContain(reason)
  await visitor.leave()
  const bundle = await (await fetch(`${site.address}${paths.bundle(number)}`)).text()
  const verified = (input: string) => spawnSync(process.execPath, ['bin/verify.ts', '-'], { input, encoding: 'utf8' }).stdout
  expect(verified(bundle)).toContain(`${label} was picked from the small list`)
  expect(verified(bundle.replace(reason, `${reason}！`))).toContain('REFUSED. The first field that is wrong: /steps/pick')
})

/** Five agencies of this test alone, since a grade that was published stays with its agency: admitted, and offering the demo's service. */
async function newcomers({ database: { owner } }: Site) {
  const listing = (await owner('listings').where({ code: SERVICE }).whereNull('in_force_until').first<{ id: string; code: string }>('id', 'code'))!
  return Promise.all(['甲', '乙', '丙', '丁', '戊'].map((name) => offering(owner, listing, { name: `长春${name}级工程设计有限公司` })))
}
