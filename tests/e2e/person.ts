import path from 'node:path'
import { expect } from 'vitest'
import { wordsOf, type Locale, type Words } from '#app/words/words.ts'
import type { Locator } from 'playwright-core'
import { accessibilityFaults, complaintsOf, openContext, type Browser, type Page } from '#tests/support/browser.ts'

/** What stands where a value was never given a word. */
export const UNSAID = /\b(undefined|NaN|\[object Object\])/
/** A page is loaded anew at least this often while somebody waits, whatever the server says, in milliseconds. */
const RELOADED_EVERY = 5_000
const PICTURES = path.resolve(import.meta.dirname, '../../node_modules/.cache/pictures')

export type Manner = {
  /** Names the folder of the pictures. */
  name: string
  locale: Locale
  javaScript: boolean
  width: number
}

/** Somebody at a browser who reads, fills in and clicks, and whose every page is looked at on the way. */
export class Person {
  readonly page: Page
  readonly words: Words
  readonly manner: Manner
  readonly complaints: string[]
  private readonly who: string

  private constructor(page: Page, who: string, manner: Manner) {
    this.page = page
    this.who = who
    this.manner = manner
    this.words = wordsOf(manner.locale)
    this.complaints = complaintsOf(page)
  }

  static async at(browser: Browser, address: string, who: string, manner: Manner): Promise<Person> {
    const context = await openContext(browser, { address, javaScript: manner.javaScript, language: manner.locale === 'zh' ? 'zh-CN' : 'en-GB' })
    const page = await context.newPage()
    await page.setViewportSize({ width: manner.width, height: 900 })
    page.setDefaultTimeout(60_000)
    // A picture in the middle of a page's transition shows neither page.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    return new Person(page, who, manner)
  }

  /** @returns the status of the answer */
  async open(address: string): Promise<number> {
    return (await this.page.goto(address))?.status() ?? 0
  }

  /** Follows the first link in the page with this text, or that leads to this address; one that only moves down the page is no way to leave it. */
  async follow(link: { text: string } | { href: string }): Promise<void> {
    const main = this.page.locator('main')
    const found = 'text' in link ? main.getByRole('link', { name: link.text }).and(this.page.locator('a:not([href^="#"])')) : main.locator(`a[href="${link.href}"]`)
    await this.leaving(() => found.first().click())
  }

  /** Fills fields by their names as a person does: opens the fold they stand in, types, picks, ticks. */
  async fill(values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.locator(`main [name="${name}"]:not([type="hidden"])`)
      const [kind, isFolded] = await field.first().evaluate((element) => [element instanceof HTMLInputElement ? element.type : element.tagName.toLowerCase(), element.closest('details:not([open])') !== null] as const)
      if (isFolded) await this.page.locator('main details:not([open])').filter({ has: this.page.locator(`[name="${name}"]`) }).locator('> summary').first().click()
      if (kind === 'select') await field.selectOption(value)
      else if (kind === 'radio' || kind === 'checkbox') await this.page.locator(`main [name="${name}"][value="${value}"]`).check()
      else await field.first().fill(value)
    }
  }

  /** Presses the button with these words and waits for the page that follows. */
  async press(button: string): Promise<void> {
    await this.leaving(() => this.page.locator('main').getByRole('button', { name: button, exact: true }).first().click())
  }

  /** Clicks to be one of the demo's people. */
  async become(displayName: string): Promise<void> {
    await this.open('/sign-in')
    await this.press(this.words.accounts.signIn.demoButton(displayName))
  }

  /** Waits, asking again as a reader would, until the page shows a text. */
  async waitFor(text: string, within = 150_000): Promise<void> {
    for (const until = Date.now() + within; ; await this.page.waitForTimeout(500)) {
      if ((await this.page.locator('main').innerText()).includes(text)) return
      if (Date.now() > until) throw new Error(`${this.who} waited ${within / 1000} s for “${text}” at ${this.page.url()}:\n${await this.page.locator('main').innerText()}`)
      await this.untilSaid(text, Math.min(until, Date.now() + RELOADED_EVERY))
      await this.page.reload()
    }
  }

  /** Asks the server for the page as long as it does not say a text: to show a page costs far more than to ask for it. */
  private async untilSaid(text: string, until: number): Promise<void> {
    const headers = { accept: 'text/html', 'accept-language': this.manner.locale === 'zh' ? 'zh-CN' : 'en-GB' }
    while (Date.now() < until) {
      const answer = await this.page.request.get(this.page.url(), { headers })
      if (saidIn(await answer.text()).includes(text)) return
      await this.page.waitForTimeout(500)
    }
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText()
  }

  /** Looks at the page that is open, and keeps a picture of it where `PICTURES` asks for that. */
  async look(name: string): Promise<void> {
    if (process.env.PICTURES) await this.page.screenshot({ path: path.join(PICTURES, this.manner.name, `${name}.png`), fullPage: true })
    // axe is a script; where none may run it has nothing to say.
    expect(await this.faultsHere({ axe: this.manner.javaScript }), name).toEqual([])
  }

  /** What is wrong with the page: wider than the window, a value that was never given a word, complaints on the console, what axe finds. */
  async faultsHere({ axe }: { axe: boolean }): Promise<string[]> {
    const { wider, text } = await this.page.locator('main').evaluate((main) => ({ wider: document.documentElement.scrollWidth - document.documentElement.clientWidth, text: (main as HTMLElement).innerText }))
    const unsaid = UNSAID.exec(text)?.[0]
    const status = /^Failed to load resource: the server responded with a status of 4\d\d/
    const complaints = this.complaints.splice(0).filter((complaint) => !status.test(complaint))
    return [...(wider > 0 ? [`${wider} px wider than the window`] : []), ...(unsaid ? [`says ${unsaid}`] : []), ...complaints, ...(axe ? await accessibilityFaults(this.page) : [])]
  }

  async leave(): Promise<void> {
    await this.page.context().close()
  }

  async leaveTo(link: Locator): Promise<void> {
    await this.leaving(() => link.click())
  }

  private async leaving(act: () => Promise<void>): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), act()])
  }
}

/** The text of a page as it was sent. */
function saidIn(html: string): string {
  const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }
  return html.replaceAll(/<script[^>]*>[\s\S]*?<\/script>|<!--[\s\S]*?-->|<[^>]*>/g, '').replaceAll(/&(\w+|#x27);/g, (all, sign: string) => signs[sign] ?? all)
}
