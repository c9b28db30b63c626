import { gzipSync } from 'node:zlib'

/** What a page makes the browser fetch, compressed as a proxy would: bytes of script and of style, and where they come from. */
export type PageWeight = { html: number; script: number; style: number; outside: number; runtime: boolean; verifies: boolean; seals: boolean; scripts: string[]; styles: string[] }

/** What a page tells its verifier: where the parts are, and which of them it fetches with itself. */
type Brought = { parts: Record<string, string>; early: string[] }

/** Compressed kilobytes (1,000 bytes): of script on a page that only shows, on one where the browser verifies, on one where it seals, on one that checks values from outside, of script with the runtime, and of style on any. */
export const SCRIPT_LIMITS = { shows: 10, verifies: 30, seals: 30, outside: 45, runtime: 95 }
export const STYLE_LIMIT = 10

const SERVER_BUILD = new URL('../../build/server/index.js', import.meta.url)
const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/g
const PRELOAD = /<link\b[^>]*rel="modulepreload"[^>]*>/g
const STYLE = /<link\b[^>]*rel="stylesheet"[^>]*>/g
const VERIFIER = /data-verify="([^"]*)"/
const IMPORT = /(?:\bfrom\s*|\bimport\s*)(["'])(\.{0,2}\/[^"']+\.js)\1/g

/** @returns kB with one decimal, as the limits are written */
export function kilobytes(bytes: number): number {
  return Math.round(bytes / 100) / 10
}

/**
 * Weighs a page: every script in it or named by it, with all that those import, and every style sheet.
 * Speculation rules are counted too, though they run nothing, and so are the parts of the verifier that it fetches at once.
 *
 * @param page the address that the HTML came from
 * @param early weigh it as if it fetched these parts at once, by their names
 */
export async function weighPage(page: string, html: string, early?: readonly string[]): Promise<PageWeight> {
  const named = new Set<string>()
  let inline = ''
  for (const [, attributes = '', body = ''] of html.matchAll(SCRIPT)) {
    const source = attributeOf(attributes, 'src')
    if (source) named.add(new URL(source, page).href)
    inline += body
    for (const [, , from] of body.matchAll(IMPORT)) named.add(new URL(from!, page).href)
  }
  for (const [link] of html.matchAll(PRELOAD)) named.add(new URL(attributeOf(link, 'href')!, page).href)
  const verifier = VERIFIER.exec(html)?.[1]
  const brought = verifier === undefined ? undefined : (JSON.parse(verifier.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')) as Brought)
  const partAt = (name: string) => new URL(brought!.parts[name]!, page).href
  for (const name of brought ? (early ?? brought.early) : []) named.add(partAt(name))
  const scripts = await withImports(named)
  const styles = [...html.matchAll(STYLE)].map(([link]) => new URL(attributeOf(link, 'href')!, page).href)
  const sheets = await Promise.all(styles.map(textOf))
  const weightOf = (texts: Map<string, string>) => (inline ? zipped(inline) : 0) + [...texts.values()].reduce((sum, text) => sum + zipped(text), 0)
  return {
    html: zipped(html),
    script: weightOf(scripts),
    // What checks the largest of the values from outside is fetched where something has one; it counts on top.
    outside: brought ? weightOf(await withImports([...named, partAt('drand')])) : 0,
    style: sheets.reduce((sum, text) => sum + zipped(text), 0),
    runtime: inline.includes('__remixContext'),
    verifies: html.includes('data-verify='),
    seals: html.includes('data-seal='),
    scripts: [...scripts.keys()],
    styles,
  }
}

/** What the build sends to any page that asks for the runtime: the entry, the root route, and all that they import. */
export async function weighRuntime(site: string): Promise<PageWeight> {
  const { assets } = (await import(SERVER_BUILD.href)) as { assets: { entry: { module: string }; routes: Record<string, { module: string }> } }
  const preloads = [assets.entry.module, assets.routes['root']!.module].map((href) => `<link rel="modulepreload" href="${href}">`)
  return weighPage(site, preloads.join(''))
}

export function attributeOf(tag: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&')
}

async function withImports(first: Iterable<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const waiting = [...first]
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (found.has(url)) continue
    const text = await textOf(url)
    found.set(url, text)
    for (const [, , from] of text.matchAll(IMPORT)) waiting.push(new URL(from!, url).href)
  }
  return found
}

const texts = new Map<string, Promise<string>>()

function textOf(url: string): Promise<string> {
  const known = texts.get(url)
  if (known) return known
  const asked = fetch(url).then((answer) => {
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}: a page names what is not there.`)
    return answer.text()
  })
  texts.set(url, asked)
  return asked
}

function zipped(text: string): number {
  return gzipSync(text).length
}
