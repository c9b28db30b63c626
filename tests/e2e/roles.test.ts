import fs from 'node:fs'
import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { makeUscc } from '#tests/support/factories.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { setPeriods } from '#tests/support/tenders.ts'
import { arrives, registers, sound, writes } from './from-home.ts'
import type { Manner, Person } from './person.ts'
import { SERVICE } from './steps.ts'

const PHONE: Manner = { name: 'roles', locale: 'zh', javaScript: true, width: 390 }

const test = standingSite({ demo: true, worker: true }, async (site) => {
  // Nothing here waits for a draw, so what is published stays open while the others do their work.
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' } })
})

test('an owner registers a project, reads how it must buy, and publishes a draw; an agency asks, bids, and checks its receipt', async ({ site, browser }) => {
  const owner = await arrives(site, browser, 'owner', PHONE)
  await registers(owner, '长春䶮字厂房扩建')
  const title = '䶮字厂房水土保持方案编制'
  await writes(owner, { title })
  await owner.press(owner.words.tenders.publish)
  expect(await owner.text()).toContain(owner.words.tenders.publishDone.title)
  await sound(owner)

  const agency = await arrives(site, browser, 'agency1', PHONE)
  const { tenders, life, drafts, verify } = agency.words
  await agency.leaveTo(agency.page.locator('main').getByRole('link', { name: title }).first())
  await agency.follow({ text: drafts.bid.readFirst })
  expect(await agency.text()).toContain(life.eligibility.mine)
  await agency.follow({ text: life.questions.ask })
  await agency.fill({ question: '弃渣场的位置确定了吗？' })
  await agency.press(life.questions.askButton)
  expect(await agency.text()).toContain('弃渣场的位置确定了吗？')
  await agency.follow({ text: title })
  await agency.leaveTo(agency.page.locator('main a[href$="/bid"]').first())
  await agency.press(tenders.submitBid)
  expect(await agency.page.evaluate(() => document.activeElement?.id)).toBe('errors')
  await agency.fill({ contribution: '愿公平可见', commitment: 'yes' })
  await agency.press(tenders.submitBid)
  expect(await agency.text()).toContain(tenders.bidDone.title)
  await sound(agency)
  const [download] = await Promise.all([agency.page.waitForEvent('download'), agency.page.locator('main').getByRole('link', { name: tenders.downloadReceipt }).click()])
  const receipt = fs.readFileSync(await download.path())
  await agency.follow({ text: tenders.checkReceipt })
  await agency.page.locator('[data-part="files"]').setInputFiles({ name: download.suggestedFilename(), mimeType: 'text/plain', buffer: receipt })
  await agency.page.locator('[data-part="outcome"] > :first-child').waitFor()
  expect(await agency.page.locator('[data-part="outcome"]').innerText()).toContain(verify.live.holds)
  await sound(agency)
  await Promise.all([owner.leave(), agency.leave()])
})

test('an authority is refused with the law what nobody lists, and allowed what is listed; the regulator reads of both', async ({ site, browser }) => {
  const officer = await arrives(site, browser, 'authority', PHONE)
  await demands(officer, { service: '林木采伐作业区调查设计', item: '林木采伐许可' })
  expect(await officer.text()).toContain(officer.words.frame.verdict.words.refused)
  expect(await officer.text()).toContain('《优化营商环境条例》第四十三条')
  await sound(officer)
  await officer.follow({ text: officer.words.guard.authority.title })
  await demands(officer, { service: '工程勘察', item: '施工图设计文件审查', commissioner: 'applicant' })
  expect(await officer.text()).toContain(officer.words.frame.verdict.words.allowed)
  await officer.leave()

  const regulator = await arrives(site, browser, 'regulator', { ...PHONE, locale: 'en' })
  // What has no deadline stands behind what has one, and may have to be unfolded.
  await regulator.page.locator('main .agenda ~ details > summary').first().click()
  await regulator.follow({ text: regulator.words.desks.items['demand-refused'].action })
  expect(await regulator.text()).toContain(regulator.words.frame.verdict.words.refused)
  await regulator.page.goBack()
  await regulator.follow({ href: paths.tenders({ state: 'awarded' }) })
  expect(await regulator.page.locator('main a[href^="/tenders/MD-"]').count()).toBeGreaterThan(0)
  await regulator.page.goBack()
  await regulator.follow({ href: paths.catalogueVersions() })
  await sound(regulator)
  await regulator.leave()
})

test('an operator passes one agency, returns another with every reason, looks up a number, and brings a register as far as its report', async ({ site, browser }) => {
  const operator = await arrives(site, browser, 'operator', { ...PHONE, javaScript: false })
  const { registration, operation, frame } = operator.words
  await checks(operator, { verdict: 'passed' })
  expect(await operator.text()).toContain(registration.queue.done.passed)
  await checks(operator, { verdict: 'returned' })
  expect(await operator.page.locator('#errors').count()).toBe(1)
  await operator.fill({ reasons: 'licence-missing', note: '请上传营业执照扫描件。' })
  await operator.press(registration.check.button)
  expect(await operator.text()).toContain(registration.queue.done.returned)

  await operator.leaveTo(operator.page.getByRole('navigation', { name: frame.desks.operator.name }).getByRole('link', { name: frame.desks.operator.places.find }))
  await operator.fill({ number: SERVICE })
  await operator.page.locator('main form').first().getByRole('button').first().click()
  await operator.page.getByText(operation.find.foundTitle).first().waitFor()

  await operator.leaveTo(operator.page.getByRole('navigation', { name: frame.desks.operator.name }).getByRole('link', { name: frame.desks.operator.places.imports }))
  const register = [{ uscc: makeUscc(), name: '长春名录测绘院', divisionCode: '220106', phone: '0431-80000000' }]
  await operator.page.locator('main [name="file"]').setInputFiles({ name: 'register.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(register)) })
  await operator.press(registration.import.check)
  expect(await operator.text()).toContain('长春名录测绘院')
  expect(await operator.page.locator('main summary', { hasText: registration.import.confirm(1) }).count()).toBe(1)
  await sound(operator)
  await operator.leave()
})

async function demands(officer: Person, asked: Record<string, string>): Promise<void> {
  await officer.follow({ href: paths.newDemand() })
  await officer.fill(asked)
  await officer.press(officer.words.guard.demand.button)
}

/** Opens the first agency of the queue and decides. */
async function checks(operator: Person, verdict: Record<string, string>): Promise<void> {
  await operator.leaveTo(operator.page.locator('main a[href^="/operator/agencies/"]').first())
  await operator.fill(verdict)
  await operator.press(operator.words.registration.check.button)
}
