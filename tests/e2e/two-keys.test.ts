import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, vi } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { databaseClock } from '#db/client.ts'
import { paths } from '#app/paths.ts'
import { findTender } from '#db/repositories/tenders.ts'
import type { TestContext } from '#tests/support/database.ts'
import { CHANGCHUN, owner, project, regulator } from '#tests/support/factories.ts'
import { aListing, offering, setPeriods } from '#tests/support/tenders.ts'
import { Person } from './person.ts'
import { DESK, PHONE, signedIn, test } from './sealed-stage.ts'

const PASSPHRASE = '春风吹又生 2026 绿园'
const PRICES = ['31,415.92', '40,123.45', '45000']

const part = ({ page }: Person, name: string) => page.locator(`[data-part="${name}"]`)

/** Makes a key in the browser, saves its file, opens it again and registers it. */
async function makesKey(person: Person, file: string): Promise<void> {
  const { own } = person.words.keys
  await person.open(paths.openingKey())
  await part(person, 'make').waitFor()
  await person.look('key-none')
  await part(person, 'new').fill('short')
  await part(person, 'make').click()
  await part(person, 'made').getByText(own.live.short).waitFor()
  await part(person, 'new').fill(PASSPHRASE)
  await part(person, 'again').fill(PASSPHRASE)
  const [download] = await Promise.all([person.page.waitForEvent('download'), part(person, 'make').click()])
  await download.saveAs(file)
  await part(person, 'file').setInputFiles(file)
  await part(person, 'passphrase').fill('another passphrase')
  await part(person, 'check').click()
  await person.page.getByText(own.live.otherPassphrase).waitFor()
  await part(person, 'passphrase').fill(PASSPHRASE)
  await part(person, 'check').click()
  await part(person, 'register').waitFor()
  await person.look('key-checked')
  await person.press(own.submit)
  expect(await person.text()).toContain(own.done.title)
  await person.look('key-registered')
}

test('prices that nobody opens alone: keys made, sealed, shown and opened by clicks, and the bundle verifies', async ({ site, browser }) => {
  const db = site.database.owner
  await setPeriods(db, { application: { n: 600, unit: 's' }, drawDelay: { n: 1, unit: 's' }, lowQuoteExplanation: { n: 1, unit: 's' }, publicity: { n: 600, unit: 's' }, decline: { n: 1, unit: 's' }, shareRelease: { n: 600, unit: 's' } })
  const keyring = openKeyring(site.config.keyring, { origin: 'unused', makeIfMissing: false })
  const as = (actor: Member) => ({ db: site.database.app, actor, clock: databaseClock, keyring, traceId: '0'.repeat(32) }) as unknown as TestContext
  const [buyer, office] = [await owner(db), await regulator(db, { divisionCode: CHANGCHUN })]
  await db('holder_keys').delete()
  const listing = await aListing(db)
  const { code } = await project(db, buyer)
  const agencies = await Promise.all(['甲', '乙', '丙'].map((name) => offering(db, listing, { name: `长春${name}工程咨询有限公司` })))

  const clerk = await signedIn(site, browser, buyer, DESK)
  const officer = await signedIn(site, browser, office, { ...DESK, name: 'officer', locale: 'en' })
  const files = ['owner.json', 'regulator.json'].map((name) => path.join(site.config.dataDir, name)) as [string, string]
  await makesKey(clerk, files[0])

  const draft = await draftTender(as(buyer), { projectCode: code, listingCode: listing.code, method: 'lowest-price', title: '绿园区学校扩建造价咨询', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
  await clerk.open(paths.editDraft(draft.id))
  await clerk.fill({ twoKeys: 'yes' })
  await clerk.look('two-keys-draft')
  await clerk.press(clerk.words.drafts.saveAndCheck)
  await clerk.press(clerk.words.tenders.publish)
  expect(await clerk.text()).toContain(clerk.words.keys.refusals['regulator-none'])
  await makesKey(officer, files[1])
  await clerk.press(clerk.words.tenders.publish)
  expect(await clerk.text()).toContain(clerk.words.keys.facts.together(2, 3))
  await clerk.look('two-keys-published')
  const tender = (await findTender(db, { id: draft.id }))!
  const { number } = tender.publication!

  const phone = await signedIn(site, browser, agencies[0]!, PHONE)
  await phone.open(paths.bid(number))
  expect(await phone.text()).toContain(phone.words.keys.bid.noScript)
  expect(await phone.page.locator('[name="price"]').isVisible()).toBe(false)
  await phone.look('two-keys-no-script')
  const posted: string[] = []
  for (const [place, member] of agencies.entries()) {
    const person = await signedIn(site, browser, member, place === 2 ? { ...PHONE, name: 'phone-with-scripts', javaScript: true } : DESK)
    person.page.on('request', (request) => request.method() === 'POST' && posted.push(decodeURIComponent(request.postData() ?? '')))
    await person.open(paths.bid(number))
    await person.page.getByText(person.words.keys.bid.here).waitFor()
    await person.fill({ price: PRICES[place]!, commitment: 'yes' })
    if (place !== 1) await person.look('two-keys-bid')
    await person.page.getByRole('button', { name: person.words.pricing.submit }).click()
    await person.page.getByText(person.words.pricing.done.title).waitFor()
    await person.leave()
  }
  expect(posted).toHaveLength(3)
  for (const body of posted) expect(body).not.toMatch(/31,?415\.92|3141592|40,?123\.45|45000/)

  const sequence = makeSequencer({ db: site.database.ledger, keyring, clock: databaseClock, log: { warn: () => {} } })
  const move = async () => {
    await attendTender(as(buyer), tender)
    await sequence()
    return (await findTender(db, tender))!
  }
  await site.passDeadline(number)
  await vi.waitFor(async () => expect((await move()).frozenAt).not.toBeNull(), { timeout: 70_000, interval: 500 })
  await clerk.open(paths.tender(number))
  expect(await clerk.text()).toContain(clerk.words.keys.steps.waiting(1))
  await clerk.look('two-keys-waiting')
  await clerk.follow({ href: paths.releaseKeys(number) })
  await part(clerk, 'open').waitFor()
  await clerk.look('release-form')
  await part(clerk, 'file').setInputFiles(files[1])
  await part(clerk, 'passphrase').fill(PASSPHRASE)
  await part(clerk, 'open').click()
  await clerk.page.getByText(clerk.words.keys.release.live.otherKey).waitFor()
  await part(clerk, 'file').setInputFiles(files[0])
  await part(clerk, 'passphrase').fill(PASSPHRASE)
  await part(clerk, 'open').click()
  await part(clerk, 'send').waitFor()
  expect(await part(clerk, 'status').innerText()).toBe(clerk.words.keys.release.live.opened.replace('{opened}', '3').replace('{of}', '3').replace('{wrong}', '0'))
  await clerk.look('release-opened')
  expect((await move()).opening).toBeNull()
  await officer.open(paths.releaseKeys(number))
  await officer.look('release-form')
  await clerk.press(clerk.words.keys.release.send)
  expect(await clerk.text()).toContain(clerk.words.keys.release.done.title)
  await clerk.look('release-done')

  await vi.waitFor(async () => expect((await move()).awardedAt).not.toBeNull(), { timeout: 60_000, interval: 500 })
  await sequence()
  const watcher = await Person.at(browser, site.address, 'visitor', DESK)
  await watcher.open(paths.tender(number))
  expect(await watcher.page.locator('#prices tbody').innerText()).toContain('31,415.92')
  await watcher.look('two-keys-result')
  await officer.open(paths.releaseKeys(number))
  expect(await officer.text()).toContain(officer.words.keys.release.over.opened)
  // The reader's own browser puts the shares together again.
  await part(watcher, 'fetch').click()
  await watcher.page.getByText(watcher.words.verify.live.holds).first().waitFor({ timeout: 60_000 })
  const file = path.join(site.config.dataDir, 'two-keys.json')
  writeFileSync(file, (await site.visitor().get(paths.bundle(number))).text)
  const { status, stdout } = spawnSync(process.execPath, ['bin/verify.ts', file], { encoding: 'utf8' })
  expect(stdout).toContain('Put together again, 2 of the right shares')
  expect(status).toBe(0)
  for (const person of [clerk, officer, phone, watcher]) await person.leave()
})
