import type { Knex } from 'knex'
import { signedPart } from '#tests/support/receipt.ts'
import type { Story, Told } from './story.ts'
import type { Check, Violation } from './checks.ts'

type Given = Pick<Story, 'tenders' | 'told'>
type Entry = { kind: string; subject: string; at: Date; body: string }

const as = (check: Check, found: readonly string[]): Violation[] => found.map((what) => ({ check, what }))
const entriesOf = (db: Knex, tenders: readonly string[]): Promise<Entry[]> => db('ledger_entries').whereIn('subject', [...tenders]).orderBy('ordinal').select('kind', 'subject', 'at', 'body')
const toldOf = (told: readonly Told[], ...acts: Told['act'][]) => told.filter(({ act }) => acts.includes(act))
const numberOf = (count: number, wanted: number, what: string) => (count === wanted ? [] : [`${what} is there ${count} times`])

type Quote = { id: string; number: string; agency: string; sequence: number; hash: Buffer; body: string; receipt: string; root: Buffer; quoted_at: Date; starts_at: Date; ends_at: Date }

/** Every quote that somebody was told is taken is there with its receipt; an auction's quotes are one chain, in time, and its one end names the last of them. */
export async function checkQuotes(db: Knex, { tenders, told }: Given): Promise<Violation[]> {
  const rows: Quote[] = await db('auction_quotes as quote').join('bids', 'bids.id', 'quote.bid_id').join('tenders', 'tenders.id', 'quote.tender_id').join('draw_pools as pool', 'pool.tender_id', 'quote.tender_id').join('tender_auctions as auction', 'auction.tender_id', 'quote.tender_id')
    .whereIn('number', [...tenders]).orderBy('sequence').select('quote.*', 'number', 'agency_id as agency', 'pool.root', 'starts_at', 'ends_at')
  const held: string[] = await db('tender_auctions').join('tenders', 'tenders.id', 'tender_auctions.tender_id').whereIn('number', [...tenders]).pluck('number')
  const entries = await entriesOf(db, held)
  const found = toldOf(told, 'quote').flatMap(({ tender, by, mark, receipt }) => {
    const row = rows.find(({ id, number, agency }) => id === mark && number === tender && agency === by)
    if (!row) return [`the acknowledged quote ${mark} in ${tender} is lost`]
    return receipt !== null && row.receipt !== signedPart(receipt) ? [`the receipt of the quote ${mark} in ${tender} is another than was shown`] : []
  })
  for (const number of held) {
    const quotes = rows.filter((row) => row.number === number)
    const own = entries.filter(({ subject }) => subject === number)
    const entered = own.filter(({ kind }) => kind === 'quote.received').map(({ body }) => (JSON.parse(body) as { facts: { bid: string } }).facts.bid)
    for (const [place, { id, sequence, body, hash, quoted_at: at, starts_at: start, ends_at: end, root }] of quotes.entries()) {
      const { previous } = JSON.parse(body) as { previous: string }
      if (sequence !== place + 1 || previous !== (quotes[place - 1]?.hash ?? root).toString('hex')) found.push(`the quote ${id} in ${number} does not follow the one before it`)
      if (at < start || at >= end) found.push(`the quote ${id} in ${number} was taken outside the rounds`)
      if (entered[place] !== hash.toString('hex')) found.push(`the quote ${id} in ${number} is not at its place in the ledger`)
    }
    if (entered.length !== quotes.length) found.push(`${number} has ${quotes.length} quotes, and ${entered.length} in the ledger`)
    const ends = own.filter(({ body }) => 'auction' in (JSON.parse(body) as { facts: object }).facts && 'opening' in (JSON.parse(body) as { facts: object }).facts)
    found.push(...numberOf(ends.length, 1, `the end of the auction of ${number}`))
    for (const { body } of ends) {
      const { quotes: count, last } = (JSON.parse(body) as { facts: { auction: { quotes: number; last: string } } }).facts.auction
      if (count !== quotes.length || (quotes.length && last !== quotes.at(-1)!.hash.toString('hex'))) found.push(`the end of the auction of ${number} names ${count} quotes, and ${quotes.length} were taken`)
    }
  }
  return as('quote', found)
}

type Sheet = { number: string; judge: string; hash: Buffer; body: string | null; shown_at: Date | null }

/** Every declaration and every sheet that a judge was told is committed is there once, each opened one shows what was committed, and one ranking follows. */
export async function checkSheets(db: Knex, { tenders, told }: Given): Promise<Violation[]> {
  const sheets: Sheet[] = await db('score_sheets as sheet').join('tender_judges as judge', 'judge.id', 'sheet.judge_id').join('tenders', 'tenders.id', 'sheet.tender_id').whereIn('number', [...tenders]).select('number', 'judge.organisation_id as judge', 'hash', 'body', 'shown_at')
  const declared: { number: string; judge: string }[] = await db('tender_judges as judge').join('tenders', 'tenders.id', 'judge.tender_id').whereIn('number', [...tenders]).whereNotNull('declared_at').select('number', 'judge.organisation_id as judge')
  const revealed: string[] = await db('sheet_reveals').join('tenders', 'tenders.id', 'sheet_reveals.tender_id').whereIn('number', [...tenders]).pluck('number')
  const entries = await entriesOf(db, tenders)
  const found = toldOf(told, 'declare').flatMap(({ tender, by }) => numberOf(declared.filter(({ number, judge }) => number === tender && judge === by).length, 1, `the acknowledged declaration of ${by} in ${tender}`))
  for (const { tender, by, mark } of toldOf(told, 'sheet')) {
    const own = sheets.filter(({ number, judge }) => number === tender && judge === by)
    found.push(...numberOf(own.length, 1, `the acknowledged sheet ${mark} in ${tender}`))
    if (revealed.includes(tender)) for (const { body } of own) if (!body?.includes(mark)) found.push(`the sheet ${mark} in ${tender} was shown as another`)
  }
  for (const number of new Set(declared.map((each) => each.number))) {
    const count = (kind: string) => entries.filter((entry) => entry.subject === number && entry.kind === kind).length
    const [own, shown] = [sheets.filter((sheet) => sheet.number === number), revealed.includes(number)]
    if (count('judge.declared') !== declared.filter((each) => each.number === number).length) found.push(`${number} has another number of declarations than the ledger`)
    if (count('sheet.committed') !== own.length) found.push(`${number} has ${own.length} sheets, and ${count('sheet.committed')} in the ledger`)
    for (const kind of ['sheets.revealed', 'bids.ranked']) if (own.length) found.push(...numberOf(count(kind), 1, `${kind} of ${number}`))
    if (own.length && !shown) found.push(`the sheets of ${number} were never shown`)
  }
  return as('sheet', found)
}

/** A shortlist has one pick, in its rows and in the ledger; where the owner was told that it is made, it is the owner's and that one. */
export async function checkPicks(db: Knex, { tenders, told }: Given): Promise<Violation[]> {
  const rows: { number: string; label: string | null; by: string | null }[] = await db('shortlists as list').join('tenders', 'tenders.id', 'list.tender_id').leftJoin('shortlist_picks as pick', 'pick.tender_id', 'list.tender_id').leftJoin('bids', 'bids.id', 'pick.bid_id').leftJoin('organisations as agency', 'agency.id', 'bids.agency_id').whereIn('number', [...tenders]).select('number', 'agency.uscc as label', 'pick.picked_by as by')
  const entries = await entriesOf(db, tenders)
  const found = rows.flatMap(({ number, label }) => [...numberOf(label ? 1 : 0, 1, `the pick of ${number}`), ...numberOf(entries.filter(({ kind, subject }) => kind === 'shortlist.picked' && subject === number).length, 1, `the pick of ${number} in the ledger`)])
  for (const { tender, by, mark } of toldOf(told, 'pick')) if (!rows.some((row) => row.number === tender && row.by === by && row.label === mark)) found.push(`the acknowledged pick of ${mark} in ${tender} is lost`)
  return as('pick', found)
}

/** Every release of shares that a holder was told is taken is there once, each in the ledger once, and the platform opens nothing alone: it shows its own shares last. */
export async function checkReleases(db: Knex, { tenders, told }: Given): Promise<Violation[]> {
  const rows: { number: string; holder: string; by: string | null }[] = await db('share_releases').join('tenders', 'tenders.id', 'share_releases.tender_id').whereIn('number', [...tenders]).select('number', 'holder', 'released_by as by')
  const opened: string[] = await db('tender_openings').join('tenders', 'tenders.id', 'tender_openings.tender_id').whereIn('number', [...tenders]).whereRaw(`sealing ->> 'threshold' is not null`).pluck('number')
  const entries = await entriesOf(db, tenders)
  const found = toldOf(told, 'release').flatMap(({ tender, by, mark }) => numberOf(rows.filter((row) => row.number === tender && row.by === by && row.holder === mark).length, 1, `the acknowledged release of ${mark} in ${tender}`))
  for (const number of new Set([...opened, ...rows.map((row) => row.number)])) {
    const own = rows.filter((row) => row.number === number)
    if (!own.some(({ holder }) => holder !== 'platform')) found.push(`${number} was opened by the platform alone`)
    const told = entries.filter(({ kind, subject }) => kind === 'shares.released' && subject === number).length
    if (told !== own.length) found.push(`${number} has ${own.length} releases, and ${told} in the ledger`)
  }
  return as('release', found)
}

/** A direct selection is awarded once to the acceptance that stood at its close, and fails only where none did. */
export async function checkAcceptances(db: Knex, { tenders }: Given): Promise<Violation[]> {
  const rows: { number: string; standing: string[]; awarded: string[] }[] = await db('tenders').where({ method: 'direct' }).whereIn('number', [...tenders]).select(
    'number',
    db.raw('array(select id::text from bids where bids.tender_id = tenders.id and replaced_at is null and withdrawn_at is null) as standing'),
    db.raw('array(select bid_id::text from awards where awards.tender_id = tenders.id) as awarded'),
  )
  return as('acceptance', rows.flatMap(({ number, standing, awarded }) => (standing.length < 2 && standing.join() === awarded.join() ? [] : [`${number} has ${standing.length} acceptances that stand, and ${awarded.length} awards`])))
}

type Hold = { number: string; ordinal: number; reason: string; from: Date; by: string; ended: Date | null; lifted: string | null; lifter: string | null }
/** What a hold itself says, at its beginning and at its end. */
const OF_HOLDS = new Set(['tender.suspended', 'tender.resumed', 'tender.extended'])

/** Every hold and every lifting that the regulator was told of is there once, each hold has ended once, and nothing happened to the tender under it. */
export async function checkHolds(db: Knex, { tenders, told }: Given): Promise<Violation[]> {
  const rows: Hold[] = await db('tender_suspensions as held').join('tenders', 'tenders.id', 'held.tender_id').leftJoin('suspension_endings as ending', { 'ending.tender_id': 'held.tender_id', 'ending.ordinal': 'held.ordinal' }).whereIn('number', [...tenders])
    .select('number', 'held.ordinal', 'held.reason', 'held.suspended_at as from', 'held.suspended_by as by', 'ending.ended_at as ended', 'ending.reason as lifted', 'ending.ended_by as lifter')
  const entries = await entriesOf(db, tenders)
  const events: { type: string; subject: string; at: Date }[] = await db('outbox').whereIn('subject', [...tenders]).whereRaw(`type ~ 'award'`).select('type', 'subject', 'at')
  const found = toldOf(told, 'suspend', 'lift').flatMap(({ tender, act, by, mark }) => {
    const own = rows.filter((row) => row.number === tender && (act === 'suspend' ? row.by === by && row.reason.includes(mark) : row.lifter === by && row.lifted?.includes(mark)))
    return numberOf(own.length, 1, `the acknowledged ${act === 'suspend' ? 'hold' : 'lifting'} ${mark} of ${tender}`)
  })
  for (const number of new Set(rows.map((row) => row.number))) {
    const own = rows.filter((row) => row.number === number)
    const count = (kind: string) => entries.filter((entry) => entry.subject === number && entry.kind === kind).length
    if (count('tender.suspended') !== own.length) found.push(`${number} was held ${own.length} times, and ${count('tender.suspended')} times in the ledger`)
    if (count('tender.resumed') !== own.filter(({ ended }) => ended).length) found.push(`${number} went on another number of times than the ledger says`)
    for (const { from, ended } of own) {
      if (!ended) found.push(`${number} is held for ever`)
      const within = ({ subject, at }: { subject: string; at: Date }) => subject === number && at > from && (!ended || at < ended)
      for (const { kind } of entries.filter((entry) => !OF_HOLDS.has(entry.kind) && within(entry))) found.push(`${kind} happened to ${number} under a hold`)
      for (const { type } of events.filter(within)) found.push(`${type} was told of ${number} under a hold`)
    }
  }
  return as('hold', found)
}
