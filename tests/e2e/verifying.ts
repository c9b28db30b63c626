import { expect, vi } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { paths } from '#app/paths.ts'
import { databaseClock } from '#db/client.ts'
import type { TestContext } from '#tests/support/database.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { aTender, offering, setPeriods, withBidders } from '#tests/support/tenders.ts'
import type { Person } from './person.ts'

export const test = standingSite({ demo: true, worker: true })
  .extend('drawn', { scope: 'file' }, ({ site }) => decideTender(site, 'random'))
  .extend('priced', { scope: 'file' }, ({ site }) => decideTender(site, 'lowest-price'))

/** A tender of three bids that the worker has decided and proved: by draw, or by sealed prices. */
async function decideTender({ address, config, database }: Site, method: 'random' | 'lowest-price') {
  await setPeriods(database.owner, { application: { n: 4, unit: 's' }, drawDelay: { n: 1, unit: 's' }, lowQuoteExplanation: { n: 1, unit: 's' } })
  const keyring = openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })
  const as = (actor: Member) => ({ db: database.app, actor, clock: databaseClock, keyring, traceId: '0'.repeat(32) }) as unknown as TestContext
  const stage = await aTender(database, as, { method })
  if (method === 'random') await withBidders(database, as, stage, 3)
  else for (const fen of [42_000_00, 10_000_00, 42_000_00]) await sealBidAtDoor(as(await offering(database.owner, stage.listing)), { number: stage.number, quote: { kind: 'money', fen }, contribution: '' })
  const bundle = await vi.waitFor(async () => {
    const answer = await fetch(address + paths.bundle(stage.number))
    const bundle = (await answer.json()) as { commitment: string; beacon: { value: string }; ledger: object | null }
    expect(bundle.ledger).not.toBeNull()
    return bundle
  }, { timeout: 60_000, interval: 500 })
  return { keyring, bundle, number: stage.number, tenderId: stage.tender.id }
}

export const DESK = { name: 'desk', locale: 'zh', javaScript: true, width: 1280 } as const
export const PHONE = { name: 'phone', locale: 'en', javaScript: true, width: 390 } as const

export const part = ({ page }: Person, name: string) => page.locator(`[data-part="${name}"]`).first()

/** Waits until the page says that one may go offline, or another sentence. */
export async function loaded(reader: Person, sentence = reader.words.verify.live.ready): Promise<void> {
  await vi.waitFor(async () => expect(await part(reader, 'status').innerText()).toBe(sentence), { timeout: 60_000 })
}

/** Chooses files and waits for an answer that was not there before. */
export async function choose(reader: Person, ...texts: string[]): Promise<void> {
  await part(reader, 'outcome').evaluate((outcome) => outcome.firstElementChild?.setAttribute('data-old', ''))
  await part(reader, 'files').setInputFiles(texts.map((text, n) => ({ name: `${n}.json`, mimeType: 'application/json', buffer: Buffer.from(text) })))
  await part(reader, 'outcome').locator('> :first-child:not([data-old])').waitFor()
}
