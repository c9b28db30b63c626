import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, vi } from 'vitest'
import { paths } from '#app/paths.ts'
import { unique } from '#tests/support/factories.ts'
import { kilobytes, SCRIPT_LIMITS, weighPage } from '#tests/support/page-weight.ts'
import { setPeriods } from '#tests/support/tenders.ts'
import { meritZh } from '../../bin/verify/merit-sentences-zh.ts'
import { Person } from './person.ts'
import { DESK, PHONE } from './sealed-stage.ts'
import { bidsPrice, demoPerson, ownerPublishes } from './steps.ts'
import { part, test } from './verifying.ts'

const run = promisify(execFile)

test('an owner publishes, plans and prices are bid, three judges are invited, mark and show their sheets, and the result is checked by page and command', async ({ site, browser }) => {
  await setPeriods(site.database.owner, { application: { n: 600, unit: 's' }, drawDelay: { n: 1, unit: 's' }, lowQuoteExplanation: { n: 1, unit: 's' }, scoring: { n: 600, unit: 's' } })
  const [owner, ...bidders] = await Promise.all([demoPerson(site, browser, DESK, 'owner'), demoPerson(site, browser, DESK, 'agency1'), demoPerson(site, browser, PHONE, 'agency3')])
  const number = await ownerPublishes(owner, { method: 'merit', priceWeight: '40', judges: '3', criterion1: '技术方案', weight1: '35', criterion2: '人员配备', weight2: '25' })
  await Promise.all(bidders.map(async (bidder, place) => {
    await bidder.open(paths.bid(number))
    await bidder.look('merit-bid')
    await bidsPrice(bidder, number, { price: `${place + 3}0000`, plan: '一、先踏勘。\n二、分三个阶段实施。' })
    await bidder.leave()
  }))
  await site.passDeadline(number)
  await owner.open(paths.tender(number))
  await owner.waitFor(owner.words.merit.manage.link)
  await owner.follow({ text: owner.words.merit.manage.link })

  const handed: Handed[] = []
  for (const [place, name] of ['尉迟评审', '令狐评审', '端木评审'].entries()) handed.push(await invites(owner, { name, seat: place + 1 }))
  const people = await Promise.all(handed.map(async (invitation, place) => {
    const judge = await Person.at(browser, site.address, invitation.name, place === 1 ? PHONE : DESK)
    await acceptsSeat(judge, invitation)
    await judge.follow({ href: paths.judge(number) })
    if (place < 2) await judge.look('merit-declare')
    await judge.fill({ commitment: 'yes' })
    await judge.press(judge.words.merit.page.declare)
    return judge
  }))
  await Promise.all(people.map(async (judge, place) => {
    await judge.waitFor(judge.words.merit.page.sheetLead)
    for (const name of await judge.page.locator('main [name^="points-"]').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).name))) {
      await judge.fill({ [name]: '12.5', [name.replace('points-', 'reason-')]: '思路清楚，可以实施。' })
    }
    if (place < 2) await judge.look('merit-sheet')
    await judge.press(judge.words.merit.page.commit)
  }))
  for (const judge of people) {
    await judge.open(paths.judge(number))
    await judge.press(judge.words.merit.page.show)
    await judge.leave()
  }

  const bundle = await vi.waitFor(async () => {
    const text = await (await fetch(site.address + paths.bundle(number))).text()
    expect((JSON.parse(text) as { ledger: object | null }).ledger).not.toBeNull()
    return text
  }, { timeout: 120_000, interval: 500 })
  const file = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'merit-')), 'bundle.json')
  await fs.writeFile(file, bundle)
  const { stdout } = await run(process.execPath, ['bin/verify.ts', file, '--language', 'zh'])
  for (const sentence of [meritZh.seated(3), meritZh.asCommitted, meritZh.ranked]) expect(stdout).toContain(sentence)
  await fs.writeFile(file, bundle.replace(/"points":\s*1250/, '"points":1251'))
  await expect(run(process.execPath, ['bin/verify.ts', file])).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/first field that is wrong: \/steps\/sheets\/0\/sheet/) })

  await owner.open(paths.tender(number))
  const { script } = await weighPage(site.address + paths.tender(number), await owner.page.content())
  expect(kilobytes(script)).toBeLessThanOrEqual(SCRIPT_LIMITS.verifies)
  await owner.page.getByRole('button', { name: owner.words.verify.panel.fetch }).click()
  await part(owner, 'print').waitFor()
  expect(await part(owner, 'outcome').innerText()).toContain(owner.words.verify.live.holds)
  expect(await part(owner, 'steps').innerText()).toContain(meritZh.ranked)
  await owner.look('merit-verified')
  await owner.leave()
})

type Handed = { name: string; code: string; address: string }

/** @returns what the owner's page gives to hand over: a code, and where it is entered */
async function invites(owner: Person, { name, seat }: { name: string; seat: number }): Promise<Handed> {
  const { manage, seatOf } = owner.words.merit
  if (seat === 1) {
    await owner.fill({ seat: String(seat), judgeName: owner.words.merit.person, judgePhone: '' })
    await owner.press(manage.send)
    expect(await owner.page.locator('#errors').count()).toBe(1)
  }
  await owner.fill({ seat: String(seat), judgeName: name, judgePhone: `1390431007${seat}` })
  await owner.press(manage.send)
  if (seat === 1) await owner.look('merit-invited')
  expect(await owner.page.locator('main tbody tr', { hasText: seatOf(seat) }).innerText()).toContain(name)
  const handed = owner.page.locator('main .notice', { hasText: manage.codeFor(seatOf(seat), name) })
  return { name, code: (await handed.locator('code').innerText()).trim(), address: (await handed.getByRole('link', { name: manage.accept }).getAttribute('href'))! }
}

/** Whoever was handed a code opens an account with it, and is at a judge's desk. */
async function acceptsSeat(judge: Person, { name, code, address }: Handed): Promise<void> {
  const { register } = judge.words.accounts
  await judge.open(address)
  expect(await judge.text()).toContain(judge.words.accounts.roles.judge)
  const password = randomUUID()
  await judge.fill({ invitation: code, displayName: name, signInName: unique('judge'), password, passwordAgain: password })
  await judge.press(register.delegateButton)
  expect(new URL(judge.page.url()).pathname).toBe(paths.judgeDesk())
  expect(await judge.text()).toContain(judge.words.merit.desk.todos.declare)
}
