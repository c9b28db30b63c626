import { BID_GOAL, HEAP_LIMIT, type BidsFigure } from './bids.ts'
import type { DrawFigure } from './draws.ts'
import type { ExchangeFigure } from './exchange.ts'
import type { Figure } from './pairs.ts'
import { SEARCH_GOAL, type SearchFigure } from './search.ts'
import { STYLE_LIMIT } from '#tests/support/page-weight.ts'

export type Weight = { name: string; script: number; style: number; html: number; limit: number }

export type Report = { pages: Figure[]; decisions: Figure[]; decisionsBefore: number; draws: DrawFigure[]; bids: BidsFigure; searches: SearchFigure[]; exchange: ExchangeFigure[]; weights: Weight[]; seconds: number }

/** What the guard may cost beside the same statements without it. */
const GUARD_GOAL = 0.8
/** What the front page may do at least of the requests that an empty Remix page does. */
const HOME_LIMIT = 0.6

/** Prints the figures as tables that fit a terminal. A ratio is requests a second beside the first line of its table. */
export function print({ pages, decisions, decisionsBefore, draws, bids, searches, exchange, weights, seconds }: Report): void {
  const [, prepared, guard] = decisions as [Figure, Figure, Figure]
  const blocks = [
    ['Pages, 10 connections, against the least that Remix can serve', rowsOf(pages)],
    [`Guard decisions, 10 connections, ${decisionsBefore} decisions on record before`, rowsOf(decisions)],
    ['Draws', [['', 'draws', 'labels', 'whole', 'one (p50)', 'p99', 'ratio'], ...draws.map((draw) => ['from frozen leaves to the order', String(draw.draws), String(draw.labels), ms(draw.milliseconds), ms(draw.perDraw), ms(draw.p99), draw.ratio.toFixed(2)])]],
    [`Searches of every kind, beside plain ILIKE over the same rows`, [['', 'documents', 'p50', 'limit', 'p99', 'ILIKE p50', 'ILIKE p99'], ...searches.map(({ name, documents, p50, p99, plainP50, plainP99 }, place) => [name, String(documents), ms(p50), place ? '' : `${SEARCH_GOAL} ms`, ms(p99), ms(plainP50), ms(plainP99)])]],
    ['Sizes, compressed by gzip', [['', 'script', 'limit', 'style', 'limit', 'HTML'], ...weights.map(({ name, script, limit, style, html }) => [name, `${script} kB`, `${limit} kB`, `${style} kB`, `${STYLE_LIMIT} kB`, `${html} kB`])]],
  ] as const
  printBlocks(blocks)
  printBids(bids)
  printExchange(exchange)
  console.log('\nA ratio is requests a second beside the first line, the middle one of the rounds; for draws, time of the bare HMACs and sort beside ours.')
  console.log(`Search at the demo's size: ${ms(searches[0]!.p50)} in the middle, limit ${SEARCH_GOAL} ms: ${searches[0]!.p50 <= SEARCH_GOAL ? 'kept' : 'MISSED'}. ILIKE finds no pinyin, no short form and no slip.`)
  const home = pages.at(-1)!
  console.log(`Home page beside an empty Remix page: ${home.ratio.toFixed(2)}, limit ${HOME_LIMIT} or more: ${home.ratio >= HOME_LIMIT ? 'kept' : 'MISSED'}.`)
  console.log(`Guard beside a bare handler with the same SQL: ${guard.ratio.toFixed(2)}, goal ${GUARD_GOAL} or more: ${guard.ratio >= GUARD_GOAL ? 'kept' : 'MISSED'}.`)
  console.log(`Beside one that keeps its statements prepared, as the guard does: ${(guard.perSecond / prepared.perSecond).toFixed(2)}. Measured in ${seconds} s on this machine, whatever else it did meanwhile.`)
}

/** Ten thousand sealed bids: how fast, in how much memory, and how long to open them. */
export function printBids({ rates, statements, heap, opened, openingMs, bareMs, closingMs }: BidsFigure): void {
  printBlocks([
    [`Sealed bids in one tender, 10 at once, ${statements} statements each`, [['', 'ratio', 'bids/s', 'p50', 'p99'], ...rates.map(({ name, ratio, perSecond, p50, p99 }) => [name, ratio.toFixed(2), perSecond.toFixed(0), ms(p50), ms(p99)])]],
    ['Memory of whoever takes them', [['bids taken', 'heap', 'all'], ...heap.map(({ at, heap: used, rss }) => [String(at), `${used.toFixed(1)} MB`, `${rss.toFixed(0)} MB`])]],
  ])
  const [beside, ours] = [rates[0]!, rates.at(-1)!]
  console.log(`\nBids beside ${beside.name}: ${ours.ratio.toFixed(2)}, goal ${BID_GOAL} or more: ${ours.ratio >= BID_GOAL ? 'kept' : 'MISSED'}.${rates.length === 2 ? ' This machine has no pgbench; Debian’s package postgresql brings one.' : ''}`)
  const grown = heap.at(-1)!.heap - heap[0]!.heap
  console.log(`Heap from bid ${heap[0]!.at} to bid ${heap.at(-1)!.at}: ${grown >= 0 ? '+' : '−'}${Math.abs(grown).toFixed(1)} MB, limit ${HEAP_LIMIT} MB: ${grown <= HEAP_LIMIT ? 'kept' : 'MISSED'}.`)
  console.log(`Closing and freezing ${heap.at(-1)!.at} received bids took ${ms(closingMs)}, opening ${opened} of them ${ms(openingMs)}, ${ms(openingMs / opened)} each: ${(openingMs / bareMs).toFixed(1)} times what the cipher’s library alone takes (${ms(bareMs)}).`)
}

/** What the check of the national tables costs a reader; of a dozen looks the middle one and the slowest. */
export function printExchange(figures: readonly ExchangeFigure[]): void {
  printBlocks([['The check of the national tables', [['', 'services', 'statements', 'p50', 'slowest'], ...figures.map(({ name, services, statements, p50, slowest }) => [name, String(services), String(statements), ms(p50), ms(slowest)])]]])
}

function printBlocks(blocks: readonly (readonly [title: string, rows: readonly (readonly string[])[]])[]): void {
  for (const [title, rows] of blocks) console.log(`\n${title}\n${aligned(rows)}`)
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`
}

export function rowsOf(figures: Figure[]): string[][] {
  return [
    ['', 'ratio', 'requests/s', 'p50', 'p99', 'CPU each', 'memory before', 'after'],
    ...figures.map(({ name, ratio, perSecond, p50, p99, cpu, before, after }) => [name, ratio.toFixed(2), perSecond.toFixed(0), `${p50} ms`, `${p99} ms`, `${cpu.toFixed(2)} ms`, `${before} MB`, `${after} MB`]),
  ]
}

export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) => row.map((cell, column) => (column ? cell.padStart(widths[column]!) : cell.padEnd(widths[0]!))).join('  ')).join('\n')
}
