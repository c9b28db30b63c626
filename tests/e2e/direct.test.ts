import fs from 'node:fs'
import path from 'node:path'
import { expect, vi } from 'vitest'
import type { DirectBundle } from '#app/domain/draw/direct-bundle.ts'
import { paths } from '#app/paths.ts'
import { kilobytes, SCRIPT_LIMITS, weighPage } from '#tests/support/page-weight.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { setPeriods } from '#tests/support/tenders.ts'
import { arrives, registers, sound, writes } from './from-home.ts'
import { Person, type Manner } from './person.ts'
import { verify } from './steps.ts'
import { part } from './verifying.ts'

const NAMED = '示例岩土勘察有限公司'
const REASON = '上一期由这家机构编制，地块相同，资料齐全。'

const test = standingSite({ demo: true, worker: true }, async (site) => {
  // Long enough for everybody on any machine, and the award stays in publicity until the clock is set on.
  await setPeriods(site.database.owner, { directAcceptance: { n: 600, unit: 's' }, publicity: { n: 600, unit: 's' }, decline: { n: 300, unit: 's' } })
})

test.for<Manner>([
  { name: 'desk', locale: 'zh', javaScript: true, width: 1280 },
  { name: 'phone-without-scripts', locale: 'en', javaScript: false, width: 390 },
])('an owner names an agency, which accepts at its desk and is awarded, and anybody checks it, at a $name', async (manner, { site, browser }) => {
  const title = `䶮字厂房水土保持方案续编（${manner.name}）`
  const owner = await arrives(site, browser, 'owner', manner)
  const { tenders, drafts } = owner.words
  await registers(owner, `长春䶮字厂房二期 ${manner.name}`)
  await writes(owner, { title, method: 'direct', namedAgency: NAMED, directReason: REASON })
  await owner.follow({ text: drafts.preview })
  expect(await owner.text()).toContain(REASON)
  await owner.leaveTo(owner.page.locator('main a[href^="/owner/tenders/"]').first())
  await owner.press(tenders.publish)
  expect(await owner.text()).toContain(NAMED)
  await sound(owner)
  const number = decodeURIComponent(new URL(owner.page.url()).pathname.split('/').at(-1)!)

  const agency = await arrives(site, browser, 'agency1', manner)
  const receipt = await accepts(agency, { site, title, number })
  await isTurnedAway(await arrives(site, browser, 'agency3', manner), number)

  await site.passDeadline(number)
  const visitor = await Person.at(browser, site.address, 'visitor', manner)
  await visitor.open(paths.tender(number))
  await visitor.waitFor(visitor.words.life.award.publicity(NAMED))
  expect(await visitor.text()).toContain(drafts.timeline.awardedText)
  await visitor.look('direct-awarded')
  await agency.open(paths.tender(number))
  expect(await agency.text()).toContain(agency.words.life.award.yours)
  await anybodyChecks(visitor, { site, number, receipt })

  await site.passDeadline(number, 'publicity_ends_at')
  for (const reader of [visitor, agency]) {
    await reader.open(paths.tender(number))
    expect(await reader.text()).toContain(reader.words.life.award.bound(NAMED))
    await reader.follow({ text: reader.words.life.award.noticeLink })
    expect(new URL(reader.page.url()).pathname).toBe(paths.award(number))
    expect(await reader.text()).toContain(NAMED)
    await sound(reader)
  }
  await Promise.all([owner, agency, visitor].map((person) => person.leave()))
})

type Told = { site: Site; number: string }

/** From the desk over the notice and its reason to the receipt, which is downloaded. @returns its file */
async function accepts(agency: Person, { site, title, number }: Told & { title: string }): Promise<string> {
  const { desks, drafts, tenders } = agency.words
  const item = agency.page.locator('main .agenda li', { hasText: title })
  expect(await item.innerText()).toContain(desks.items['direct-to-accept'].what)
  await agency.leaveTo(item.getByRole('link', { name: desks.items['direct-to-accept'].action }))
  await agency.follow({ text: drafts.bid.readFirst })
  expect(await agency.text()).toContain(REASON)
  await agency.follow({ href: paths.bid(number) })
  expect(await agency.text()).toContain(drafts.bid.named)
  await agency.press(drafts.bid.accept)
  expect(await agency.page.locator('#errors').count()).toBe(1)
  await agency.fill({ commitment: 'yes' })
  await agency.press(drafts.bid.accept)
  expect(await agency.text()).toContain(drafts.bid.done.title)
  await agency.look('direct-accepted')
  return downloaded(agency, tenders.downloadReceipt, path.join(site.config.dataDir, `${number}-receipt.txt`))
}

async function isTurnedAway(other: Person, number: string): Promise<void> {
  const { tenders } = other.words
  await other.open(paths.tender(number))
  expect(await other.text()).toContain(tenders.ineligible['not-named'])
  expect(await other.page.locator(`main a[href="${paths.bid(number)}"]`).count()).toBe(0)
  await other.open(paths.bid(number))
  expect(await other.text()).toContain(tenders.ineligible['not-named'])
  expect(await other.page.locator('main [name="commitment"]').count()).toBe(0)
  await sound(other)
  await other.leave()
}

/** Downloads what a link of the page leads to. */
async function downloaded({ page }: Person, link: string, file: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('main').getByRole('link', { name: link }).first().click()])
  await download.saveAs(file)
  return file
}

/** Downloads the bundle by its button; the command, and where scripts run the page too, find it right with the agency's receipt, and wrong with one bit turned over. */
async function anybodyChecks(visitor: Person, { site, number, receipt }: Told & { receipt: string }): Promise<void> {
  const { tenders, verify: words } = visitor.words
  const file = path.join(site.config.dataDir, `${number}.json`)
  const bundle = await vi.waitFor(async () => {
    const read = JSON.parse(fs.readFileSync(await downloaded(visitor, tenders.downloadBundle, file), 'utf8')) as DirectBundle
    // Until the award is under a checkpoint the bundle only promises.
    expect(read.ledger).not.toBeNull()
    return read
  }, { timeout: 60_000, interval: 500 })
  expect(await verify(file, '--receipt', receipt)).toMatchObject({ code: 0, output: expect.stringContaining(`Tender ${number}, direct: ${bundle.winner} was named and accepted.`) })
  const { salt } = bundle.steps.body
  fs.writeFileSync(file, JSON.stringify(bundle).replaceAll(salt, (parseInt(salt[0]!, 16) ^ 1).toString(16) + salt.slice(1)))
  expect(await verify(file)).toMatchObject({ code: 1, output: expect.stringContaining('REFUSED. The first field that is wrong: /steps/body') })
  await visitor.follow({ text: tenders.verifyPage })
  for (const value of [words.byHand.named, bundle.winner!, bundle.steps.acceptance.facts.bid as string]) expect(await visitor.text()).toContain(value)
  await visitor.look('direct-verify-page')
  if (!visitor.manner.javaScript) return
  await visitor.page.goBack()
  const { script } = await weighPage(site.address + paths.tender(number), await visitor.page.content())
  expect(kilobytes(script)).toBeLessThanOrEqual(SCRIPT_LIMITS.verifies)
  await part(visitor, 'fetch').click()
  await part(visitor, 'outcome').locator('> :first-child').waitFor()
  const said = await part(visitor, 'outcome').innerText()
  expect(said).toContain(words.live.holds)
  expect(said).toContain(words.live.accepted.replace('{tender}', number).replace('{named}', bundle.winner!))
  await visitor.look('direct-verified')
}
