import fs from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { findChromium } from './chromium.ts'

export type { Browser, BrowserContext, Page }

/** A browser as people have it; a robot's name would make the server wait where it streams to people. */
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36'

/** Launches Chromium with arguments of our own: those of its package switch web security off. */
export async function launchBrowser(): Promise<Browser> {
  const { executable, env } = findChromium()
  const isRoot = process.getuid?.() === 0
  return chromium.launch({
    executablePath: executable,
    env: { ...(process.env as Record<string, string>), ...env },
    args: ['--disable-dev-shm-usage', '--disable-gpu', '--disable-software-rasterizer', ...(isRoot ? ['--no-sandbox'] : [])],
    chromiumSandbox: false,
  })
}

let launched: Browser | undefined

/**
 * A fixture: one browser for all files of a worker, whose people have contexts of their own.
 * What each file extends is a fixture of its own to vitest, so the browser is kept here.
 */
export async function browserOfWorker({}: object, { onCleanup }: { onCleanup: (clean: () => Promise<void>) => void }): Promise<Browser> {
  if (!launched?.isConnected()) launched = await launchBrowser()
  const browser = launched
  onCleanup(() => browser.close())
  return browser
}

/** Somebody at a browser. Every error on the console and every failed script is kept in `faults`. */
export async function openContext(browser: Browser, { javaScript = true, language = 'zh-CN', address }: { javaScript?: boolean; language?: string; address?: string } = {}): Promise<BrowserContext> {
  return browser.newContext({
    javaScriptEnabled: javaScript,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    userAgent: USER_AGENT,
    viewport: { width: 1280, height: 900 },
    ...(address && { baseURL: address }),
  })
}

/** Collects what a page complains about: policy violations, uncaught errors, failed requests to our own address. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

type Violation = { id: string; impact: string | null; help: string; nodes: { target: string[]; html: string }[] }

let axeSource: string | undefined

/** What axe finds against WCAG 2.2 A and AA, in few words; an empty list is what a page should give. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  axeSource ??= fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  // Asked for by the browser's own command, half a megabyte is compiled once for all pages; inside of a call it is compiled for each.
  const commands = await page.context().newCDPSession(page)
  await commands.send('Runtime.evaluate', { expression: axeSource })
  await commands.detach()
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: Violation[] }> } }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    // What passes needs no words: to describe every node that is right takes longer than to find those that are not; no rule of these reads the style sheets, which axe would fetch once more.
    return (await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false })).violations
  })
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, html }) => `${id}: ${help} (${target.join(' ')}) ${html.slice(0, 160)}`))
}
