import { expect, vi } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { paths } from '#app/paths.ts'
import { databaseClock } from '#db/client.ts'
import { owner } from '#tests/support/factories.ts'
import type { Browser } from '#tests/support/browser.ts'
import type { TestContext } from '#tests/support/database.ts'
import type { Site } from '#tests/support/site.ts'
import { aTender, setPeriods, withBidders } from '#tests/support/tenders.ts'
import { cookieOf } from '#tests/support/world.ts'
import { en } from '../../bin/verify/sentences.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'
import { Person, type Manner } from './person.ts'
import { choose, DESK, part, PHONE, test } from './verifying.ts'

/** A citizen at a browser, signed in. */
async function citizen(site: Site, browser: Browser, manner: Manner): Promise<Person> {
  const member = await owner(site.database.owner, { uscc: null })
  const person = await Person.at(browser, site.address, 'citizen', manner)
  const [name, value] = (await cookieOf(site, member)).split('=') as [string, string]
  await person.page.context().addCookies([{ name, value, url: site.address }])
  return person
}

async function sign(person: Person, number: string): Promise<void> {
  await person.open(paths.tender(number))
  await person.follow({ href: paths.witnesses(number) })
  await person.fill({ confirmed: 'yes' })
  await Promise.all([person.page.waitForURL(/done=signed/), person.page.getByRole('button', { name: person.words.witnesses.sign.button, exact: true }).click()])
}

test('a citizen enrols with a key that the browser makes, signs the result with it, and another without scripts by account; command and page check both', async ({ site, browser, drawn }) => {
  const [desk, phone] = [await citizen(site, browser, DESK), await citizen(site, browser, { ...PHONE, name: 'phone-without-scripts', javaScript: false })]
  await sign(desk, drawn.number)
  await desk.look('witness-signed')
  await sign(phone, drawn.number)
  await phone.page.getByText(phone.words.witnesses.byAccount).waitFor()
  await phone.look('witness-by-account')

  const bundle = await vi.waitFor(async () => {
    const text = await (await fetch(site.address + paths.bundle(drawn.number))).text()
    expect((JSON.parse(text) as { witnesses?: unknown[] }).witnesses).toHaveLength(2)
    return text
  }, { timeout: 90_000, interval: 1000 })
  const { faults, passed } = verifyBundle(bundle)
  expect([faults, passed.at(-1)!.sentence]).toEqual([[], '2 lay witnesses signed this result, and no other.'])

  const reader = await Person.at(browser, site.address, 'reader', PHONE)
  await reader.open(paths.verify())
  await part(reader, 'controls').waitFor()
  await choose(reader, bundle)
  await reader.page.getByText('2 lay witnesses signed this result, and no other.').waitFor()
  const parsed = JSON.parse(bundle) as { witnesses: { signed: { facts: { witness: { place: number } } } }[] }
  parsed.witnesses[0]!.signed.facts.witness.place = 2
  await choose(reader, JSON.stringify(parsed))
  await reader.page.getByText('/witnesses/0/signed').first().waitFor()
  expect(await part(reader, 'outcome').textContent()).toContain(en.ledger.otherEntry)
})

test('a key that was made at the enrolment is the one that signs', async ({ site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 20, unit: 's' }, drawDelay: { n: 1, unit: 's' } })
  const keyring = openKeyring(site.config.keyring, { origin: 'unused', makeIfMissing: false })
  const as = (actor: Member) => ({ db: site.database.app, actor, clock: databaseClock, keyring, traceId: '0'.repeat(32) }) as unknown as TestContext
  const stage = await aTender(site.database, as)
  await withBidders(site.database, as, stage, 3)
  const person = await citizen(site, browser, DESK)
  await person.open(paths.witnesses(stage.number))
  await person.page.getByText(person.words.witnesses.key.here).waitFor()
  await person.look('witness-enrol')
  await Promise.all([person.page.waitForURL(/done=enrolled/), person.page.getByRole('button', { name: person.words.witnesses.enrol.button, exact: true }).click()])
  await vi.waitFor(async () => expect(await site.database.owner('draws').where({ tender_id: stage.tender.id })).toHaveLength(1), { timeout: 90_000, interval: 1000 })
  await person.open(paths.witnesses(stage.number))
  await person.fill({ confirmed: 'yes' })
  await Promise.all([person.page.waitForURL(/done=signed/), person.page.getByRole('button', { name: person.words.witnesses.sign.button, exact: true }).click()])
  await person.page.getByText(person.words.witnesses.before).waitFor()
  const row = await site.database.owner('witness_signatures').where({ tender_id: stage.tender.id }).first()
  expect(row.enrolment_id).not.toBeNull()
})
