import { expect } from 'vitest'
import type { Locale } from '#app/words/words.ts'
import { paths } from '#app/paths.ts'
import { browserOfWorker } from '#tests/support/browser.ts'
import { bestOf, routePatterns } from '#tests/support/route-patterns.ts'
import { cookieOf, test as base, type Person as Who, type World } from '#tests/support/world.ts'
import { filledInPages } from './filled-in.ts'
import { Person, UNSAID } from './person.ts'

const test = base
  .extend('browser', { scope: 'worker' }, browserOfWorker)
  .extend('visits', { scope: 'file' }, async ({ site, world }) => {
    const own = Object.entries(pagesOf(world)).map(([who, addresses]) => ({ who, member: who === 'visitor' ? null : world.people[who as Who], addresses }))
    return [...own, ...(await filledInPages(site, world))]
  })

const NOWHERE = '/nowhere'
/** Pages that stand only in the middle of an act, with the journey that looks at each on its way. */
const ON_JOURNEYS: Record<string, string> = {
  '/register/agency/:step': 'registration.test.ts: each step stands on what the one before it saved',
  '/register/agency/check': 'registration.test.ts: there is nothing to check before the last step',
}

/** Every page that somebody can be at, with whoever may be there. The journeys meet the others. */
function pagesOf({ ids }: World): Record<'visitor' | Who, string[]> {
  return {
    visitor: [
      paths.home(), paths.search(), paths.search({ q: '水土保持' }), paths.search({ q: '工程', kind: 'service' }), paths.search({ q: '没有这样的东西' }), paths.catalogue(), paths.catalogue({ q: '没有这样的服务' }), paths.catalogueVersions(), paths.differences(), paths.proposals(), paths.proposal(ids.proposal), paths.listing(ids.listing), paths.listing('R28'), paths.approvalItems(), paths.approvalItem(ids.approvalItem),
      paths.ask({ service: '地质灾害危险性评估' }), paths.ask({ service: 'R28', item: 'A01' }), paths.decision(ids.decision), paths.tenders(), paths.tender(ids.tender), paths.tender(ids.auction), paths.auction(ids.auction), paths.questions(ids.tender), paths.award(ids.tender), paths.contract(ids.tender), paths.deliverable(ids.tender), paths.objections(ids.tender), paths.witnesses(ids.tender), paths.availability(), paths.results(), paths.results({ state: 'publicity' }), paths.agencies(), paths.agency(ids.uscc),
      paths.credit(), paths.supervision(), paths.violations(), paths.report(), paths.report({ decision: ids.upheld }), paths.followReport(), paths.decision(ids.upheld), paths.openData(), paths.api.page(), paths.accessibility(), paths.about(), paths.verify(), paths.verify({ tender: ids.tender }), paths.ledger(), paths.ledgerEntry(ids.entry), paths.ledgerStory(ids.tender), paths.ledgerConsistency(),
      paths.signIn(), paths.register(), paths.register({ as: 'agency' }), paths.register({ as: 'owner' }), paths.register({ as: 'person' }), paths.register({ as: 'delegate' }), NOWHERE,
    ],
    agency: [paths.agencyDesk(), paths.offerings(), paths.newOffering(), paths.offering(ids.offering), paths.agencyProfile(), paths.agencyQualifications(), paths.agencyPractitioners(), paths.tender(ids.tender), paths.questions(ids.tender), paths.objections(ids.tender), paths.decline(ids.tender), paths.bid(ids.tender), paths.bid(ids.sealed), paths.bid(ids.auction), paths.auction(ids.auction), paths.quote(ids.auction), paths.explain(ids.sealed), paths.tender(ids.sealed), paths.sessions()],
    owner: [
      paths.ownerDesk(), paths.newProject(), paths.project(ids.project), paths.approvals(ids.project), paths.cases(), paths.case(ids.case), paths.projectFacts(ids.project), paths.newTender(), paths.newTender({ project: ids.project, service: ids.listing, sum: '45000' }), paths.draft(ids.draft),
      paths.projects(), paths.projects({ q: '没有这样的项目' }), paths.ownTenders(), paths.ownTenders({ show: 'ready' }), paths.editDraft(ids.draft), paths.previewDraft(ids.draft), paths.keptForm(), paths.openingKey(),
      paths.tender(ids.tender), paths.questions(ids.tender), paths.publishAgain(ids.tender), paths.changeTender(ids.tender), paths.objections(ids.tender), paths.pick(ids.tender),
    ],
    authority: [paths.authorityDesk(), paths.cases(), paths.case(ids.case), paths.newCase(), paths.editCase(ids.case), paths.approvals(ids.project), paths.newDemand(), paths.turnedAway(), paths.inquiries(), paths.inquiry(ids.inquiry), paths.decision(ids.upheld), paths.upholdDemand(ids.upheld), paths.upholdDemand(ids.words)],
    regulator: [paths.regulatorDesk(), paths.cases(), paths.case(ids.case), paths.approvals(ids.project), paths.gradeAgency(), paths.demands(), paths.words(), paths.decideWords(ids.words), paths.inquiries(), paths.inquiry(ids.inquiry), paths.patterns(), paths.openInquiry(), paths.leads(), paths.leads({ kind: 'direct-share' }), paths.leads({ kind: 'people-shared' }), paths.leads({ kind: 'service-said' }), paths.sanctions(), paths.openingKey(), paths.governance(), paths.newProposal(), paths.newProposal({ code: 'R01' }), paths.importList(), paths.draftProposal(ids.listDraft), paths.proposedWording(ids.listDraft), paths.proposedWording(ids.listDraft, { code: 'R01' }), paths.governProposal(ids.proposal), paths.suspendTender(ids.tender), paths.exchange(), paths.nationalCodes({ kind: 'service', key: ids.listing })],
    operator: [paths.operatorDesk(), paths.agencyQueue(), paths.checkAgency(ids.uscc), paths.imports(), paths.importReport(ids.register), paths.find(), paths.find({ number: ids.tender }), paths.find({ number: '查无此号' }), paths.outages(), paths.calendar(), paths.clients(), paths.client(ids.client), paths.disputes(), paths.dispute(ids.disputed), paths.eventTraffic(), paths.eventTraffic({ show: 'troubled' }), paths.exchange(), paths.exchange({ show: 'ended' }), paths.delivery(ids.delivery), paths.parts()],
    delegate: [paths.ownerDesk(), paths.turnedAway(), paths.report({ project: ids.project }), paths.inquiries()],
    otherAgency: [paths.bid(ids.tender)],
    otherOwner: [paths.ownerDesk(), paths.inbox()],
    otherAuthority: [paths.authorityDesk(), paths.inbox(), paths.inbox({ show: 'unread' })],
  }
}

const LOCALES = ['zh', 'en'] as const
const WIDE = 1280
const NARROW = 360

/** What a page that is fetched says in a language, and what is wrong with it; the browser looks at the same page in the other one. */
async function unsaidIn(locale: Locale, address: string, cookie: string): Promise<string[]> {
  const answer = await fetch(address, { headers: { accept: 'text/html', 'accept-language': locale === 'zh' ? 'zh-CN' : 'en-GB', cookie } })
  if (answer.redirected || answer.status !== (address.endsWith(NOWHERE) ? 404 : 200)) return [`answers ${answer.status} at ${answer.url} in ${locale}`]
  const text = await answer.text()
  if (!text.includes(`<html lang="${locale}`)) return [`is not in ${locale}`]
  const shown = text.replaceAll(/<script[^>]*>[\s\S]*?<\/script>|<[^>]*>/g, ' ')
  return UNSAID.test(shown) ? [`says ${UNSAID.exec(shown)![0]} in ${locale}`] : []
}

test('nothing is wrong with any page, in either language, on a phone and on a desk', async ({ site, visits, browser }) => {
  const faults: string[] = []
  for (const [turn, locale] of LOCALES.entries()) {
    // One window in which one after another signs in: to open a window costs more than to read a page.
    const person = await Person.at(browser, site.address, 'somebody', { name: `pages-${locale}`, locale, javaScript: true, width: NARROW })
    const { page } = person
    const widths = [WIDE, NARROW]
    let place = 0
    for (const { who, member, addresses } of visits) {
      const cookie = member ? await cookieOf(site, member) : ''
      const [name, value] = cookie.split('=') as [string, string]
      await page.context().clearCookies()
      if (cookie) await page.context().addCookies([{ name, value, url: site.address }])
      // Each page is opened in one language, looked at in both widths, and read by axe in one of them; the window stays as it is for the next one.
      for (const address of addresses) {
        place += 1
        if (place % 2 !== turn) continue
        widths.reverse()
        const axedAt = place % 4 > 1 ? WIDE : NARROW
        const found = await unsaidIn(LOCALES[1 - turn]!, `${site.address}${address}`, cookie)
        const status = await person.open(address)
        if (status !== (address === NOWHERE ? 404 : 200)) found.push(`answers ${status}`)
        // Only a fault that takes the focus takes one down with it.
        if (await page.evaluate(() => scrollY > 0 && document.activeElement === document.body)) found.push('opens below its top')
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 })
          found.push(...(await person.faultsHere({ axe: width === axedAt })))
        }
        faults.push(...found.map((fault) => `${who} at ${address}, ${locale}: ${fault}`))
      }
    }
    await person.leave()
  }
  expect(faults).toEqual([])
})

test('every page of the house is among those that axe reads, or in a journey that looks at it', ({ visits }) => {
  const met = new Set(visits.flatMap(({ addresses }) => addresses.map((address) => bestOf(address.split('?')[0]!))))
  const pages = routePatterns().filter(({ file }) => file.endsWith('.tsx')).map(({ pattern }) => pattern)
  expect(pages.filter((pattern) => !met.has(pattern)).sort()).toEqual(Object.keys(ON_JOURNEYS).sort())
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`by keyboard in the ${colorScheme} theme one skips to the text, and sees every stop on the way`, async ({ site, world, browser }) => {
    const person = await Person.at(browser, site.address, 'visitor', { name: 'keyboard', locale: 'zh', javaScript: true, width: 1280 })
    const { page } = person
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme })
    await person.open(paths.tender(world.ids.tender))
    await page.keyboard.press('Tab')
    // Whatever lies over the link would be found at its middle instead of it.
    expect(await page.evaluate(() => document.activeElement!.matches('.skip') && document.elementFromPoint(40, 24) === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('main')

    const unseen: string[] = []
    for (const address of [paths.catalogue(), paths.verify()]) {
      await person.open(address)
      for (let stop = 0; stop < 120; stop++) {
        await page.keyboard.press('Tab')
        const fault = await page.evaluate(() => {
          const { activeElement: at } = document
          if (!at || at === document.body) return 'end'
          const { outlineStyle, outlineWidth } = getComputedStyle(at)
          const { width, bottom, top } = at.getBoundingClientRect()
          return outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || !width || bottom < 0 || top > innerHeight ? at.outerHTML.slice(0, 120) : null
        })
        if (fault === 'end') break
        if (fault) unseen.push(`${address}: ${fault}`)
      }
    }
    expect(unseen).toEqual([])
    await person.leave()
  })
}

test('nothing moves for whoever asks for less motion, Escape closes the suggestions, and 400 % leaves no page wider than its window', async ({ site, world, browser }) => {
  const person = await Person.at(browser, site.address, 'visitor', { name: 'narrow', locale: 'en', javaScript: true, width: 320 })
  const { page } = person
  await person.open(paths.home())
  expect(await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => getComputedStyle(element).transitionDuration !== '0s' && getComputedStyle(element).transitionProperty !== 'none').length)).toBe(0)
  await page.locator('main [role="combobox"]').pressSequentially('水土')
  await page.locator('main [role="option"]').first().waitFor()
  await page.keyboard.press('Escape')
  expect(await page.locator('[role="option"]:visible').count()).toBe(0)

  const faults: string[] = []
  for (const address of [paths.tender(world.ids.tender), paths.listing('R28'), paths.ledger(), paths.ledgerConsistency(), paths.verify(), paths.award(world.ids.tender), paths.register({ as: 'agency' })]) {
    await person.open(address)
    faults.push(...(await person.faultsHere({ axe: false })).map((fault) => `${address}: ${fault}`))
  }
  expect(faults).toEqual([])
  await person.leave()
})

test('what is wrong with a page is found', async ({ site, browser }) => {
  const person = await Person.at(browser, site.address, 'visitor', { name: 'broken', locale: 'en', javaScript: true, width: 360 })
  await person.open('/')
  await person.page.evaluate(() => {
    const main = document.querySelector('main')!
    main.insertAdjacentHTML('beforeend', '<img src="/favicon.svg"><p style="color: #999">x</p><input><p>undefined</p>')
    main.style.minWidth = '900px'
  })
  const faults = (await person.faultsHere({ axe: true })).join('\n')
  for (const fault of ['wider than the window', 'Content Security Policy', 'image-alt', 'label', 'says undefined']) expect(faults).toContain(fault)
  await person.leave()
})
