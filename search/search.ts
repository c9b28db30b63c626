import type { Knex } from 'knex'
import type { Filters, FilterName, Hit, Kind, Shown, Understood } from '#app/domain/search/found.ts'
import type { Database } from '#app/domain/context.ts'
import { postgresEngine } from './postgres.ts'

/** Something that can be found, in plain facts; each engine reads words, pinyin and slips in its own way. Public facts only. */
export type SearchDocument<K extends Kind = Kind> = {
  kind: K
  /** Unique within the kind. */
  id: string
  /** The listing code, uscc or tender number whose documents are replaced together. */
  subject: string
  /** What is shown as the hit's name. */
  title: string
  /** What it is found by best: its names, the proper one first. A title that may name a person is not among them. */
  names: readonly [string, ...string[]]
  /** Other words that may lead to it. */
  texts: readonly string[]
  /** A code that people copy: listing code, uscc, number. */
  code: string
  facets: readonly { name: FilterName; value: string; label: string | null }[]
  /** The days on which it can be found, half open; null: without end. */
  from: string | null
  until: string | null
  closesAt: Date | null
  /** From when an award binds. */
  bindsAt: Date | null
  outcome: 'awarded' | 'failed' | 'cancelled' | 'suspended' | null
  newest: Date
  shown: Shown[K]
}

export type SearchQuestion = {
  text: string
  /** The one kind to list page by page; without it the best few of each. */
  kind: Kind | null
  filters: Filters
  page: number
  /** Hits of each kind, or on a page. */
  limit: number
  at: Date
}

export type FilterChoice = { value: string; label: string | null; count: number }

export type SearchAnswer = {
  hits: Hit[]
  /** How many there are of each kind, counted up to one more than `MOST_COUNTED`. */
  counts: Record<Kind, number>
  /** How many pages of the chosen kind are left after narrowing, counted likewise. */
  total: number
  choices: Partial<Record<FilterName, FilterChoice[]>>
  understood: Understood[]
  /** What to mark in titles. */
  marks: string[]
  /** Nothing fitted exactly; the hits are near. */
  near: boolean
  /** The word stands in so many documents that only the newest of each kind were ranked, and those that bear it as a name. */
  common: boolean
}

/** The port: PostgreSQL by default; another engine is another file that answers the same. */
export type SearchEngine = {
  /** How words are read; an index built by another reading is built again. */
  reading: number
  find: (question: SearchQuestion) => Promise<SearchAnswer>
  /** Puts the documents of these subjects in the place of those that were there; in the caller's transaction if the engine can. */
  replace: (trx: Knex.Transaction, kind: Kind, subjects: readonly string[], documents: readonly SearchDocument[]) => Promise<void>
  clear: (trx: Knex.Transaction) => Promise<void>
}

/** The engine of this deployment. It costs nothing to open: the dictionary is loaded with the first words that are read. */
export function openSearch(db: Database): SearchEngine {
  return postgresEngine(db)
}
