import { expect, vi } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { readEnvelope } from '#app/domain/bids/envelope.ts'
import { openBid, openPlan } from '#app/domain/bids/opened.ts'
import { openPart } from '#app/domain/bids/seal.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { PLATFORM, sealingKey } from '#app/domain/ledger/sealing-key.ts'
import type { SealedProcedure } from '#app/domain/tenders/procedure.ts'
import { paths } from '#app/paths.ts'
import type { Browser } from '#tests/support/browser.ts'
import type { Site } from '#tests/support/site.ts'
import { offering, setPeriods } from '#tests/support/tenders.ts'
import { receiptZh } from '../../bin/verify/receipt-sentences-zh.ts'
import type { Manner } from './person.ts'
import { DESK, PHONE, signedIn, staged, test, type SealedStage } from './sealed-stage.ts'

const PRICE = '31,415.92'
const FEN = 31_415_92

/** An agency's person at the price form, who came there by the tender's own page; and what its browser posts. */
async function atTheForm(site: Site, browser: Browser, stage: SealedStage, manner: Manner) {
  const member = await offering(site.database.owner, stage.listing)
  const person = await signedIn(site, browser, member, manner)
  const posted: string[] = []
  person.page.on('request', (request) => request.method() === 'POST' && posted.push(request.postData() ?? ''))
  await person.open(paths.tender(stage.number))
  await person.follow({ href: paths.bid(stage.number) })
  return { person, member, posted }
}

/** What the platform will find when the bids are opened. */
async function openedBy(site: Site, { as, number, tender }: SealedStage, member: Member) {
  const row = (await site.database.owner('bids').where({ tender_id: tender.id, agency_id: member.organisationId }).orderBy('ordinal', 'desc').first()) as { id: string; body: string }
  return openBid({ id: row.id, body: row.body, uscc: member.uscc! }, { tender: number, procedure: tender.publication.procedure as SealedProcedure, ceilingFen: tender.ceilingFen, holder: { id: PLATFORM, privateKey: sealingKey(as(member).keyring, number).privateKey } })
}

test('a desk seals in its browser: what is sent holds no price, what fails loses none, and a copy is offered that opens it', async ({ site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' } })
  const stage = await staged(site)
  const { person, member, posted } = await atTheForm(site, browser, stage, DESK)
  const { page, words } = person
  const field = page.locator('[name="price"]')
  const press = () => page.getByRole('button', { name: words.pricing.submit }).click()
  await page.getByText(words.pricing.honest.here).waitFor()
  await person.look('sealed-form')

  // A price that does not fit is told by the browser alone: nobody else has seen it.
  // Whoever wants no words has the browser make some; what is typed afterwards stands.
  await page.locator('[data-chance]').click()
  expect(await page.locator('[name="contribution"]').inputValue()).toMatch(/^[0-9a-f]{32}$/)
  await person.fill({ price: '50,000.01', contribution: '风调雨顺' })
  await press()
  await page.getByText(words.sealing.refusals['over-ceiling']).waitFor()
  expect(posted).toEqual([])
  await person.look('sealed-fault')

  // The network is away: nothing is lost. The server says no: the price stays in the field.
  await person.fill({ price: PRICE })
  await page.context().setOffline(true)
  await press()
  await page.getByText(words.pricing.live.failed).waitFor()
  expect(await field.inputValue()).toBe(PRICE)
  await page.context().setOffline(false)
  expect(person.complaints.splice(0)).toEqual(['Failed to load resource: net::ERR_INTERNET_DISCONNECTED'])
  await press()
  await page.getByText(words.tenders.refusals['commitment-missing']).first().waitFor()
  expect([await field.inputValue(), await page.locator('[name="contribution"]').inputValue()]).toEqual([PRICE, '风调雨顺'])
  await page.getByText(words.pricing.honest.here).waitFor()

  await person.fill({ commitment: 'yes' })
  await press()
  await page.getByText(words.pricing.done.title).waitFor()
  expect(new URL(page.url()).search).toBe('?done=submit')
  await page.getByText(words.pricing.own.same).waitFor()
  await person.look('sealed-done')
  expect(posted.length).toBe(3)
  for (const body of posted) {
    const text = new URLSearchParams(body)
    expect([...text.keys()].filter((name) => !['act', 'bid', 'envelope', 'commitment'].includes(name))).toEqual([])
    for (const written of [PRICE, '31415.92', String(FEN)]) expect(decodeURIComponent(body)).not.toContain(written)
  }
  expect(await openedBy(site, stage, member)).toMatchObject({ outcome: 'valid', amountFen: FEN, offer: { contribution: '风调雨顺' } })

  // The agency's own copy opens what the receipt holds.
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-part="copy"]').click()])
  const own = JSON.parse(await streamText(await download.createReadStream())) as { bidHash: string; key: string; offer: { quote: object } }
  const envelope = new URLSearchParams(posted.at(-1)).get('envelope')!
  expect(own).toMatchObject({ bidHash: sha256(envelope).toString('hex'), offer: { quote: { kind: 'money', fen: FEN } } })
  const read = readEnvelope(envelope, { tender: stage.number, rules: 'lowest-price/v1', bid: new URLSearchParams(posted.at(-1)).get('bid')!, uscc: member.uscc!, sealing: stage.tender.publication.sealing!, parts: ['offer'] })
  if ('fault' in read) throw new Error(read.fault)
  expect(await openPart(read.envelope.parts[0]!, Buffer.from(own.key, 'hex'))).toEqual({ content: own.offer })

  // Replacing it begins with an empty field: nobody kept the price but its agency.
  expect(await field.inputValue()).toBe('')
  await person.fill({ price: '30000', commitment: 'yes' })
  await page.getByRole('button', { name: words.pricing.replace }).click()
  await vi.waitFor(async () => expect((await openedBy(site, stage, member)).amountFen).toBe(30_000_00), { timeout: 60_000, interval: 200 })

  // The receipt checks itself in the browser, without asking the platform again.
  const receipt = await page.request.get((await page.locator('a[href$="receipt.txt"]').first().getAttribute('href'))!)
  await person.open(paths.verify())
  await page.locator('[data-part="files"]').setInputFiles([{ name: 'receipt.txt', mimeType: 'text/plain', buffer: await receipt.body() }])
  await page.locator('[data-part="steps"]').getByText(receiptZh.sealed).waitFor()
  await person.leave()
})

test('a plan is sealed beside the price in the browser, each under a key of its own', async ({ site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' } })
  const stage = await staged(site, { method: 'merit' })
  const { person, member, posted } = await atTheForm(site, browser, stage, DESK)
  const { page, words } = person
  await page.getByText(words.pricing.honest.here).waitFor()
  const press = () => page.getByRole('button', { name: words.pricing.submit }).click()
  await page.evaluate(() => document.querySelectorAll('[required]').forEach((field) => field.removeAttribute('required')))
  await person.fill({ price: PRICE, commitment: 'yes' })
  await press()
  await page.getByText(words.forms.refusals.required).first().waitFor()
  expect(posted).toEqual([])
  await person.look('sealed-plan')
  await person.fill({ plan: '三阶段方案\n先踏勘，后设计' })
  await press()
  await page.getByText(words.pricing.own.same).waitFor()
  expect(decodeURIComponent(posted.join())).not.toMatch(/三阶段|31,?415/)
  const row = (await site.database.owner('bids').where({ tender_id: stage.tender.id, agency_id: member.organisationId }).first()) as { id: string; body: string }
  const holder = { id: PLATFORM, privateKey: sealingKey(stage.as(member).keyring, stage.number).privateKey }
  const procedure = stage.tender.publication.procedure as SealedProcedure
  expect(await openPlan({ id: row.id, body: row.body, uscc: member.uscc! }, { tender: stage.number, procedure, holder })).toMatchObject({ text: '三阶段方案\n先踏勘，后设计' })
  expect(await openedBy(site, stage, member)).toMatchObject({ outcome: 'valid', amountFen: FEN })
  await person.leave()
})

test('a phone without scripts has its price sealed at the door, and is told so', async ({ site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' } })
  const stage = await staged(site)
  const { person, member } = await atTheForm(site, browser, stage, PHONE)
  const { pricing } = person.words
  expect(await person.text()).toContain(pricing.honest.door)
  expect(await person.text()).not.toContain(pricing.honest.here)
  await person.look('sealed-form')
  await person.fill({ price: '50,000.01', commitment: 'yes' })
  await person.press(pricing.submit)
  expect(await person.text()).toContain(person.words.sealing.refusals['over-ceiling'])
  expect(await person.page.locator('[name="price"]').inputValue()).toBe('50,000.01')
  await person.look('sealed-fault')
  await person.fill({ price: PRICE })
  await person.press(pricing.submit)
  expect(await person.text()).toContain(pricing.done.title)
  expect(await person.text()).toContain(pricing.honest.kept)
  expect(await person.page.content()).not.toMatch(/31,?415\.92/)
  await person.look('sealed-done')
  expect(await openedBy(site, stage, member)).toMatchObject({ outcome: 'valid', amountFen: FEN })
  await person.leave()
})

test('where the browser cannot seal, the page says so and the door seals', async ({ site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' } })
  const stage = await staged(site)
  const { person, member } = await atTheForm(site, browser, stage, DESK)
  const { pricing } = person.words
  await person.page.addInitScript(() => Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined }))
  await person.page.reload()
  await person.page.getByText(pricing.honest.cannot).waitFor()
  await person.fill({ price: PRICE, commitment: 'yes' })
  await person.press(pricing.submit)
  expect(await person.text()).toContain(pricing.done.title)
  expect(await openedBy(site, stage, member)).toMatchObject({ outcome: 'valid', amountFen: FEN })
  await person.leave()
})

async function streamText(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = ''
  for await (const piece of stream) text += piece.toString()
  return text
}
