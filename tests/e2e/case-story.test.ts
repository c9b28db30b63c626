import { spawnSync } from 'node:child_process'
import { createHash, randomInt } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test as base, vi } from 'vitest'
import { paths } from '#app/paths.ts'
import { DEMO_PEOPLE } from '#db/seeds/demo-people.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { browserOfWorker } from '#tests/support/browser.ts'
import { newCaseForm, startCaseSystem } from '#tests/support/case-system.ts'
import { PDF } from '#tests/support/registration.ts'
import { startSite, type Site } from '#tests/support/site.ts'
import { setPeriods } from '#tests/support/tenders.ts'
import { quietPort } from '#tests/support/port.ts'
import { type Person, type Manner } from './person.ts'
import { demoPerson } from './steps.ts'

const DESK: Manner = { name: 'case-desk', locale: 'zh', javaScript: true, width: 1280 }
const PHONE: Manner = { name: 'case-phone-without-scripts', locale: 'en', javaScript: false, width: 390 }
const UNLISTED = '采伐区调查与设计报告'
const REASON = '本案位于林缘，本部门认为没有这份报告无法判断采伐影响，故仍然要求。'

/** The marketplace with its worker, and the case system as a program beside it that may be told of events. */
const test = base
  .extend('world', { scope: 'file' }, async ({}, { onCleanup }) => {
    const port = await quietPort()
    const site = await startSite({ demo: true, worker: true, env: { WEBHOOK_ALLOWED_HOSTS: `127.0.0.1:${port}` } })
    const stops = [site.stop]
    onCleanup(async () => void (await Promise.all(stops.map((stop) => stop()))))
    // A message may be five minutes old, so the clock is set forward by less than that in all.
    await setPeriods(site.database.owner, { application: { n: 90, unit: 's' }, drawDelay: { n: 1, unit: 's' }, publicity: { n: 20, unit: 's' }, decline: { n: 10, unit: 's' } })
    const system = await startCaseSystem({ baseUrl: site.address, apiClient: site.demo!.apiClient, port })
    stops.push(system.stop)
    return { site, system }
  })
  .extend('browser', { scope: 'worker' }, browserOfWorker)

/** A case that the case system receives, of a project that its owner has never registered here. */
async function received({ system }: { system: Awaited<ReturnType<typeof startCaseSystem>> }): Promise<string> {
  const { organisation } = DEMO_PEOPLE.find(({ signInName }) => signInName === 'owner')!
  const form = newCaseForm({ projectCode: `2026-220106-47-03-${String(randomInt(100_000, 999_999))}`, projectName: '绿园区示例零件车间', applicantName: organisation.name, applicantUscc: organisation.uscc! })
  // A case system that has not yet asked which numbers it gave away takes no case.
  await vi.waitFor(async () => expect(await system.post('/cases', form)).toBe(303), { timeout: 60_000, interval: 500 })
  const { intents } = await system.saidAll()
  const own = intents.filter(({ kind }) => kind === 'case').at(-1)!
  expect(own.answer!.status).toBe(201)
  return own.caseNumber
}

test('an unlisted report is demanded in the case system, refused with the law, seen by its owner, kept up, and a lead of the regulator; the ledger proves each step', async ({ world, browser }) => {
  const { site, system } = world
  const number = await received(world)
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${system.address()}/cases/${number}`)
  await page.locator('[name="demanded"]').fill(UNLISTED)
  await page.getByRole('button', { name: '要求这份报告' }).click()
  await page.getByText('不得要求').waitFor()
  for (const said of ['优化营商环境条例', UNLISTED]) expect(await page.locator('article').innerText()).toContain(said)

  const { id } = (await site.database.owner('guard_decisions').where({ case_number: number }).orderBy('decided_at', 'desc').first<{ id: string }>('id'))!
  const told = async (person: Person) => {
    await vi.waitFor(async () => {
      await person.open(paths.inbox())
      // The demo's own tenders go on meanwhile, and tell their people of it.
      await person.page.locator('main ul.rows a').filter({ hasText: /not listed|清单上没有的服务/ }).first().click()
      await person.page.waitForURL(new RegExp(`${paths.decision(id)}`), { timeout: 5_000 })
    }, { timeout: 60_000, interval: 500 })
    await person.open(paths.inbox())
  }
  const owner = await demoPerson(site, browser, PHONE, 'owner')
  await told(owner)
  await owner.look('case-inbox')
  await owner.open(paths.cases())
  await owner.look('cases')
  await owner.follow({ text: number })
  expect(await owner.text()).toContain(UNLISTED)
  await owner.look('case')

  await page.locator('[name="reason"]').fill(REASON)
  await page.getByRole('button', { name: '坚持要求' }).click()
  await page.getByText('本部门坚持要求').waitFor()
  const regulator = await demoPerson(site, browser, DESK, 'regulator')
  await told(regulator)
  await regulator.open(paths.leads({ kind: 'demand-upheld' }))
  await regulator.waitFor(UNLISTED)
  await regulator.look('upheld-lead')

  const { id: caseId } = (await site.database.owner('cases').where({ number }).first<{ id: string }>('id'))!
  await provenInLedger(site, [id, caseId], ['case.registered', 'demand.decided', 'demand.upheld'])
  // The case system heard of it by its webhook, and not by asking.
  await vi.waitFor(async () => expect((await system.state()).heard.filter(({ subject }) => subject === number).length).toBeGreaterThanOrEqual(3), { timeout: 60_000, interval: 500 })
  await Promise.all([owner, regulator].map((person) => person.leave()))
})

test('a listed service goes from the document that a case lacks to a tender, an award, a contract and a result that lands in the case, and nothing is typed twice', async ({ world, browser }) => {
  const { site, system } = world
  const number = await received(world)
  const owner = await demoPerson(site, browser, DESK, 'owner')
  await owner.open(paths.cases())
  await owner.follow({ text: number })
  // What its office has said of the project becomes the owner's own by one click.
  await owner.press(owner.words.cases.page.register)
  await owner.follow({ text: owner.words.cases.page.openTender })
  await owner.look('tender-from-case')
  await owner.fill({ sum: '48000' })
  await owner.press(owner.words.drafts.ask.apply)
  await owner.fill({ requirements: '按现行规范编制，成果纸质两份，电子一份。', serviceDays: '15', ceiling: '48000' })
  await owner.press(owner.words.tenders.saveDraft)
  await owner.press(owner.words.tenders.publish)
  const tender = decodeURIComponent(new URL(owner.page.url()).pathname.split('/').at(-1)!)
  const bidders = new Map<string, Person>()
  for (const name of ['agency1', 'agency3']) {
    const bidder = await demoPerson(site, browser, name === 'agency1' ? PHONE : DESK, name)
    await bidder.open(paths.bid(tender))
    await bidder.fill({ contribution: '愿公平可见', commitment: 'yes' })
    await bidder.press(bidder.words.tenders.submitBid)
    bidders.set(DEMO_PEOPLE.find(({ signInName }) => signInName === name)!.organisation.name, bidder)
  }
  await site.passDeadline(tender)
  await owner.open(paths.tender(tender))
  await owner.waitFor(owner.words.life.award.outcomes.provisional)
  await site.passDeadline(tender, 'publicity_ends_at')
  await owner.open(paths.contract(tender))
  await owner.waitFor(owner.words.contracts.file.title)

  const shown = await owner.text()
  const [, agency] = [...bidders].find(([name]) => shown.includes(name))!
  await agency.open(paths.contract(tender))
  await agency.fill({ amount: '46000', signedOn: dayOf(new Date()) })
  await agency.page.locator('main [name="file"]').setInputFiles({ name: '合同.pdf', mimeType: 'application/pdf', buffer: Buffer.from(PDF) })
  await agency.press(agency.words.contracts.file.button)
  await owner.open(paths.contract(tender))
  await owner.page.locator('main summary').filter({ hasText: owner.words.contracts.answer.confirm }).click()
  await owner.press(owner.words.contracts.answer.confirm)
  expect(await owner.text()).toContain(owner.words.contracts.done.confirmed.title)

  const report = Buffer.from(PDF.replace('%%EOF', '% the report\n%%EOF'))
  await agency.open(paths.deliverable(tender))
  await agency.fill({ name: '固定资产投资项目节能报告' })
  await agency.page.locator('main [name="file"]').setInputFiles({ name: '报告书.pdf', mimeType: 'application/pdf', buffer: report })
  await agency.press(agency.words.contracts.results.deliver.button)
  await owner.open(paths.deliverable(tender))
  await owner.page.locator('main summary').filter({ hasText: owner.words.contracts.results.accept.title }).click()
  await owner.press(owner.words.contracts.results.accept.title)
  expect(await owner.text()).toContain(owner.words.contracts.done.accepted.title)

  // Told by its webhook, the case system takes the file in and has counted its hash itself.
  const sha256 = createHash('sha256').update(report).digest('hex')
  await vi.waitFor(async () => expect(await (await fetch(`${system.address()}/state.json`)).text()).toContain(sha256), { timeout: 60_000, interval: 500 })
  await system.saidAll()
  await owner.open(paths.cases())
  await owner.follow({ text: number })
  await owner.waitFor(owner.words.cases.milestones.landed)
  await owner.look('case-landed')
  const officer = await demoPerson(site, browser, DESK, 'authority')
  await officer.open(new URL(owner.page.url()).pathname)
  expect(await officer.text()).toContain(owner.words.cases.milestones.landed)
  await officer.look('case-of-officer')
  await provenInLedger(site, [tender], ['tender.published', 'contract.filed', 'contract.confirmed', 'deliverable.accepted'])
  await Promise.all([owner, officer, ...bidders.values()].map((person) => person.leave()))
})

/** Every entry about these subjects has its place in the ledger, which a program that shares nothing with the server confirms; these kinds are among them. */
async function provenInLedger({ address, config, database }: Site, subjects: string[], kinds: string[]): Promise<void> {
  const entries = await database.owner('ledger_entries').whereIn('subject', subjects).select<{ id: string; kind: string }[]>('id', 'kind')
  expect(entries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds))
  const file = path.join(config.dataDir, 'proof.json')
  for (const { id, kind } of entries) {
    await vi.waitFor(async () => {
      const answer = await fetch(`${address}/ledger/entries/${id}/proof.json`)
      expect(answer.status).toBe(200)
      fs.writeFileSync(file, await answer.text())
    }, { timeout: 60_000, interval: 500 })
    const { status, stdout } = spawnSync(process.execPath, ['bin/verify.ts', file], { encoding: 'utf8' })
    expect(status, `${kind}: ${stdout}`).toBe(0)
  }
}
