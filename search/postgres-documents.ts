import type { Knex } from 'knex'
import { plain } from '#app/domain/catalogue/same-service.ts'
import type { Kind } from '#app/domain/search/found.ts'
import { distinct, lettersOf, wordsIn } from './reading.ts'
import type { SearchDocument } from './search.ts'
import { otherWordsFor } from './synonyms.ts'

/** What a btree and a trigram can hold of one value with room to spare; no name of ours comes near it. */
const LONGEST_NAME = 300
const LONGEST_TEXT = 4_000

/** Puts the documents of these subjects in the place of those that were there. */
export async function replaceDocuments(trx: Knex.Transaction, kind: Kind, subjects: readonly string[], documents: readonly SearchDocument[]): Promise<void> {
  await trx('search_documents').where({ kind }).whereIn('subject', [...subjects]).delete()
  if (!documents.length) return
  await trx.raw(
    `insert into search_documents (kind, id, subject, title, code, name, aliases, latin, words, spaced, facets, labels, from_on, until_on, closes_at, binds_at, outcome, newest, shown)
     select kind, id, subject, title, code, name, aliases, latin, cast(words as tsvector), spaced, facets, labels, from_on, until_on, closes_at, binds_at, outcome, newest, shown
     from jsonb_to_recordset(cast(? as jsonb)) as one (kind text, id text, subject text, title text, code text, name text, aliases text[], latin text, words text, spaced text,
       facets text[], labels text[], from_on date, until_on date, closes_at timestamptz, binds_at timestamptz, outcome text, newest timestamptz, shown jsonb)`,
    [JSON.stringify(documents.map(toRow))],
  )
}

/** Takes every document out, of every kind; in the transaction that puts them back, so that nobody finds nothing meanwhile. */
export async function clearDocuments(trx: Knex.Transaction): Promise<void> {
  await trx('search_documents').delete()
}

function toRow(document: SearchDocument) {
  const { kind, id, subject, title, names, texts, code, facets, from, until, closesAt, bindsAt, outcome, newest, shown } = document
  const [name, ...others] = names.map((one) => one.slice(0, LONGEST_NAME)) as [string, ...string[]]
  const rest = texts.join(' ').slice(0, LONGEST_TEXT)
  const { terms, meanings } = otherWordsFor([name, ...others, rest].join(' '))
  const mine = otherWordsFor(name).terms
  // A service is known by its short words as by a name; elsewhere they only lead to it.
  const aliases = distinct(kind === 'service' ? [...others, ...mine] : others)
  const letters = [name, ...aliases].map(lettersOf)
  const nameWords = wordsIn(name)
  return {
    kind, id, subject, title, shown, outcome,
    code: plain(code),
    name: plain(name),
    aliases: distinct(aliases.map(plain)),
    latin: ` ${distinct([plain(code), ...letters.map(({ full }) => full), ...letters.map(({ initials }) => initials), ...nameWords.filter((word) => /^[a-z0-9]+$/.test(word))]).join(' ')} `,
    words: weighted(nameWords, wordsIn(aliases.join(' ')), wordsIn(rest), wordsIn([...terms, ...meanings].join(' '))),
    spaced: distinct([...nameWords, ...wordsIn(aliases.join(' '))]).join(' '),
    facets: facets.map(({ name, value }) => `${name}:${value}`),
    labels: facets.map(({ label }) => label),
    from_on: from,
    until_on: until,
    closes_at: closesAt?.toISOString() ?? null,
    binds_at: bindsAt?.toISOString() ?? null,
    newest: newest.toISOString(),
  }
}

/** Words with their weights A to D, in the spelling of a tsvector. They hold letters and digits only, so nothing needs quoting. */
function weighted(...lists: string[][]): string {
  let at = 0
  return lists.flatMap((words, place) => words.map((word) => `'${word}':${++at}${'ABCD'[place]}`)).join(' ')
}
