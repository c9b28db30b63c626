import { CHECKS, type Check } from './checks.ts'
import type { Report } from './harness.ts'
import { WHAT } from './story.ts'

/** Of each kind. */
const SHOWN = 5
const MEANING: Record<Check, string> = {
  bid: 'every acknowledged bid is there, in time, with its receipt',
  once: 'one closing and one end for each tender',
  quote: 'every acknowledged quote is in its chain, one end for each auction',
  sheet: 'every acknowledged sheet is there, one showing and one ranking',
  pick: 'one pick for each shortlist, the acknowledged one',
  release: 'every acknowledged release of shares is there once',
  acceptance: 'a named agency is awarded once, if it accepted',
  hold: 'every acknowledged hold and lifting is there, nothing happens between',
  secret: 'no price and no sheet in the database before its time, no price in a log',
  ledger: 'the ledger only grows, and proves it',
  outbox: 'the outbox is what was committed, and was read once',
  process: 'no process failed by itself',
}

const ACTS = [['quote', 'quotes acknowledged'], ['declare', 'declarations of judges acknowledged'], ['sheet', 'score sheets acknowledged'], ['pick', 'picks acknowledged'], ['release', 'releases of shares acknowledged'], ['suspend', 'holds acknowledged'], ['lift', 'liftings acknowledged']] as const

/** Runs and violations as tables that fit a terminal. */
export function tableOf({ killed, bursts, story, looked, seen, entries, events, violations, seconds }: Report): string {
  const deaths = [...Map.groupBy(killed, ({ role, point }) => `${role}, ${point}`)].map(([where, all]) => [where, String(all.length)]).toSorted()
  const acts = Object.fromEntries(ACTS.map(([act, what]) => [what, story.told.filter((told) => told.act === act).length]))
  const cut = Object.fromEntries(WHAT.map((what) => [`  of them: ${what}`, story.unanswered.filter((each) => each === what).length]))
  const did = { 'bursts of bids': bursts, 'tenders': story.tenders.length, 'forms sent': story.asked.length, 'without an answer': story.unanswered.length, ...cut, 'bids and withdrawals acknowledged': story.acknowledged.length, ...acts, 'receipts kept': [...story.acknowledged, ...story.told].filter(({ receipt }) => receipt !== null).length, 'sealed prices sent': story.sent.length, 'prices and sheets looked for in dumps': looked, 'checkpoints seen': seen.length, 'entries of the ledger': entries, 'events of the outbox': events }
  const results = CHECKS.map((check) => [MEANING[check], String(violations.filter((each) => each.check === check).length)])
  return [
    aligned([['killed at', 'times'], ...deaths, ['in all', String(killed.length)]]),
    aligned([['what happened', ''], ...Object.entries(did).map(([what, count]) => [what, String(count)])]),
    aligned([['what must hold', 'violations'], ...results]),
    ...CHECKS.flatMap((check) => violations.filter((each) => each.check === check).slice(0, SHOWN).map(({ what }) => `${check}: ${what}`)),
    `${killed.length} killed in ${seconds.toFixed(0)} s, ${violations.length} violations.`,
  ].join('\n\n')
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) => row.map((cell, column) => (column ? cell.padStart(widths[column]!) : cell.padEnd(widths[0]!))).join('  ')).join('\n')
}
