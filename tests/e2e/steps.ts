import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, vi } from 'vitest'
import { paths } from '#app/paths.ts'
import { DEMO_PEOPLE } from '#db/seeds/demo-people.ts'
import type { Browser } from '#tests/support/browser.ts'
import { makeProjectCode } from '#tests/support/factories.ts'
import type { Site } from '#tests/support/site.ts'
import { Person, type Manner } from './person.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** 水土保持方案编制 of the demo's list, which several of its agencies offer. */
export const SERVICE = 'R28'

/** One of the demo's people, signed in by the button of the demo. */
export async function demoPerson(site: Site, browser: Browser, manner: Manner, signInName: string): Promise<Person> {
  const { displayName } = DEMO_PEOPLE.find((person) => person.signInName === signInName)!
  const person = await Person.at(browser, site.address, signInName, manner)
  await person.become(displayName)
  return person
}

/**
 * A project, a draft and a published tender, page by page.
 *
 * @param wish fields of the draft that another method needs; those in a fold are unfolded
 * @returns the tender's number
 */
export async function ownerPublishes(owner: Person, wish: Record<string, string> = {}): Promise<string> {
  const { projects, tenders } = owner.words
  const code = makeProjectCode()
  // As far as the draft every method has the same pages: they are looked at where nothing else is wished.
  const look = async (name: string) => (wish.method ? undefined : owner.look(name))
  await look('owner-desk')
  await owner.open(paths.newProject())
  await look('new-project')
  await owner.fill({ code, name: '绿园区新能源部件厂房', divisionCode: '220106', flowType: 'industrial', moneySource: 'private', investment: '52000000', 'site.hazardZone': 'no' })
  await owner.press(projects.new.button)
  await look('project')
  await owner.open(paths.newTender({ project: code, service: SERVICE, sum: '48000' }))
  await owner.look('new-tender')
  await owner.fill({ ...wish, title: '厂房项目水土保持方案编制', requirements: '按现行规范编制，成果纸质两份，电子一份。', serviceDays: '15', ceiling: '48000.50' })
  await owner.press(tenders.saveDraft)
  await owner.look('draft')
  await owner.press(tenders.publish)
  await owner.look('published')
  return decodeURIComponent(new URL(owner.page.url()).pathname.split('/').at(-1)!)
}

/** A bid without a price, from the notice to the page that says it was taken. */
export async function bids(agency: Person, number: string, filled: Record<string, string> = { contribution: '愿公平可见' }): Promise<void> {
  const { tenders } = agency.words
  await agency.open(paths.tender(number))
  await agency.follow({ href: paths.bid(number) })
  await agency.fill({ ...filled, commitment: 'yes' })
  await agency.press(tenders.submitBid)
  expect(await agency.text()).toContain(tenders.bidDone.title)
}

/** A bid with a sealed price, and what else the method has sealed with it. */
export async function bidsPrice(agency: Person, number: string, sealed: { price: string } & Record<string, string>): Promise<void> {
  const { pricing } = agency.words
  await agency.open(paths.tender(number))
  await agency.follow({ href: paths.bid(number) })
  if (agency.manner.javaScript) await agency.page.getByText(pricing.honest.here).waitFor()
  await agency.fill({ contribution: '愿公平可见', ...sealed, commitment: 'yes' })
  await agency.page.locator('main').getByRole('button', { name: pricing.submit, exact: true }).click()
  await agency.page.getByText(pricing.done.title).waitFor()
}

/** Downloads the bundle and runs the verifier as somebody who keeps the site's keys; one flipped bit is refused. */
export async function anybodyVerifies({ config }: Site, reader: Person, number: string): Promise<{ winner: string }> {
  const file = path.join(config.dataDir, `${number}.json`)
  await vi.waitFor(async () => {
    const answer = await reader.page.request.get(paths.bundle(number))
    fs.writeFileSync(file, await answer.body())
    // Until the result is under a checkpoint the bundle only promises.
    expect(await answer.json()).not.toMatchObject({ ledger: null })
  }, { timeout: 60_000, interval: 500 })
  expect(await verify(file)).toMatchObject({ code: 0 })
  const bundle = fs.readFileSync(file, 'utf8')
  const { beacon, winner } = JSON.parse(bundle) as { beacon: { value: string }; winner: string }
  const flipped = (parseInt(beacon.value[0]!, 16) ^ 1).toString(16) + beacon.value.slice(1)
  fs.writeFileSync(file, bundle.replaceAll(beacon.value, flipped))
  const refused = await verify(file)
  expect(refused.code).toBe(1)
  expect(refused.output).toContain('REFUSED')
  return { winner }
}

/** What the command says of files: its exit code, and all that it prints. */
export async function verify(...files: string[]): Promise<{ code: number; output: string }> {
  return promisify(execFile)('npm', ['run', '-s', 'verify', '--', ...files], { cwd: ROOT, env: { ...process.env, PATH: `${path.join(ROOT, 'node_modules/.bin')}:${process.env.PATH}` } })
    .then(({ stdout }) => ({ code: 0, output: stdout }))
    .catch((error: { code: number; stdout: string }) => ({ code: error.code, output: error.stdout }))
}
