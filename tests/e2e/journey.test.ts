import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { dayOf } from '#app/domain/calendar.ts'
import { paths } from '#app/paths.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { setPeriods } from '#tests/support/tenders.ts'
import { Person, type Manner } from './person.ts'
import { registerInSteps } from './register.ts'
import { anybodyVerifies, bids, demoPerson, ownerPublishes, SERVICE } from './steps.ts'

const HARVEST_SURVEY = '林木采伐作业区调查设计'

const test = standingSite({ demo: true, worker: true }, async (site) => {
  // Long enough for three bids on any machine; what was drawn stays in publicity.
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' }, drawDelay: { n: 3, unit: 's' }, publicity: { n: 600, unit: 's' }, decline: { n: 600, unit: 's' } })
})

test.for<Manner>([
  { name: 'desk', locale: 'zh', javaScript: true, width: 1280 },
  { name: 'phone-without-scripts', locale: 'en', javaScript: false, width: 390 },
])('from the question to the draw that anybody can check, at a $name', async (manner, { site, browser }) => {
  const somebody = (who: string) => Person.at(browser, site.address, who, manner)

  await visitorAsksTheGuard(await somebody('visitor'))
  const decision = await officerIsRefused(site)

  const newcomer = await somebody('newcomer')
  await agencyRegistersAndOffers(newcomer)
  const [first, second] = await Promise.all([demoPerson(site, browser, manner, 'agency1'), demoPerson(site, browser, manner, 'agency3')])
  const owner = await demoPerson(site, browser, manner, 'owner')
  const number = await ownerPublishes(owner)
  for (const bidder of [newcomer, first, second]) await bids(bidder, number)

  await owner.open(paths.tender(number))
  await owner.look('tender-open')
  await site.passDeadline(number)
  // Only a result has this word; others of the page stand there from its first day.
  await owner.waitFor(owner.words.life.award.outcomes.provisional)
  expect(await owner.page.locator('#verify').count()).toBe(1)
  await owner.look('tender-drawn')
  expect(await owner.page.locator('#result tbody tr').count()).toBe(3)

  await anybodyVerifies(site, owner, number)
  await ledgerProves(owner, number)
  await regulatorSees(await demoPerson(site, browser, manner, 'regulator'), decision)
  await Promise.all([newcomer, first, second, owner].map((person) => person.leave()))
})

async function visitorAsksTheGuard(visitor: Person): Promise<void> {
  const { words } = visitor
  await visitor.open(paths.home())
  await visitor.look('home')
  await visitor.follow({ text: words.site.home.doors.asked.title })
  await visitor.look('ask')
  await visitor.fill({ service: HARVEST_SURVEY })
  await visitor.press(words.guard.ask.button)
  expect(await visitor.text()).toContain(words.frame.verdict.words.refused)
  await visitor.look('answer')
  await visitor.leave()
}

/** As the case system does it: a token, then a demand, which is refused with the law. */
async function officerIsRefused({ address, demo }: Site): Promise<{ id: string; caseNumber: string }> {
  const { id, secret, authority } = demo!.apiClient!
  const granted = await fetch(`${address}${paths.api.token()}`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }), headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } })
  const { access_token: token } = (await granted.json()) as { access_token: string }
  const caseNumber = `AJ-${randomUUID().slice(0, 8)}`
  const demand = { caseNumber, authority, approvalItem: '林木采伐许可', demanded: { text: HARVEST_SURVEY }, commissioner: 'applicant', namedAgency: null, demandedOn: dayOf(new Date()) }
  const answer = await fetch(`${address}${paths.api.decisions()}`, {
    method: 'POST',
    body: JSON.stringify(demand),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': `"${randomUUID()}"` },
  })
  expect(answer.status).toBe(201)
  const decision = (await answer.json()) as { id: string; verdict: string; reasons: { code: string; text: string; source: string }[]; signature: { alg: string } }
  expect(decision.verdict).toBe('refused')
  expect(decision.reasons[0]).toMatchObject({ code: 'off-list' })
  expect(decision.reasons[0]!.source).toContain('优化营商环境条例')
  expect(decision.signature.alg).toBe('Ed25519')
  return { id: decision.id, caseNumber }
}

async function agencyRegistersAndOffers(agency: Person): Promise<void> {
  const { agencies } = agency.words
  await registerInSteps(agency)
  expect(new URL(agency.page.url()).pathname).toBe(paths.agencyDesk())
  await agency.look('agency-desk')
  await agency.open(paths.newOffering({ service: SERVICE }))
  await agency.look('new-offering')
  await agency.fill({ conditions: '项目单位提供立项文件。', process: '踏勘，编制，审核，交付。', promisedDays: '15', fee: '按工作量报价。', serviceDivisions: '220100' })
  await agency.press(agencies.new.button)
  expect(new URL(agency.page.url()).pathname).toBe(paths.offerings())
  await agency.look('offerings')
}

async function ledgerProves(reader: Person, number: string): Promise<void> {
  const { ledger } = reader.words
  await reader.open(paths.tender(number))
  await reader.follow({ href: paths.ledgerStory(number) })
  await reader.look('story')
  await reader.open(paths.tender(number))
  await reader.leaveTo(reader.page.locator('main a[href^="/ledger/entries/"]').last())
  await reader.waitFor(ledger.entry.proofTitle)
  await reader.look('entry')
}

async function regulatorSees(regulator: Person, { id, caseNumber }: { id: string; caseNumber: string }): Promise<void> {
  await regulator.look('regulator-desk')
  await regulator.open(paths.demands({ verdict: 'refused' }))
  expect(await regulator.text()).toContain(caseNumber)
  await regulator.look('demands')
  await regulator.follow({ href: paths.decision(id) })
  expect(await regulator.text()).toContain(regulator.words.frame.verdict.words.refused)
  await regulator.look('decision')
  await regulator.leave()
}
