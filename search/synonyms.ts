import { readFileSync } from 'node:fs'
import { plain } from '#app/domain/catalogue/same-service.ts'
import type { Understood } from '#app/domain/search/found.ts'

type Entry = { term: string; expands: string[]; kind?: string }
type Synonym = { said: string; means: string[]; plain: string; plainMeans: string[]; slip: boolean }

const read = <T>(file: string) => JSON.parse(readFileSync(new URL(`../db/seeds/data/${file}`, import.meta.url), 'utf8')) as T

const SYNONYMS: readonly Synonym[] = [...read<Entry[]>('synonyms.json'), ...read<Entry[]>('spoken-names.json')].map(({ term, expands, kind }) => ({
  said: term,
  means: expands,
  plain: plain(term),
  plainMeans: expands.map(plain),
  // A term of this kind that its meaning does not contain is a slip or a neighbour's word; either way the meaning is meant.
  slip: kind === 'typo-or-colloquial',
}))

/** Endings that say which paper a service yields, and nothing of the service. */
const PAPER = /(报告书|报告表|报告|方案|专篇|专章)?(编制)?$/

/** What one says at work and no dictionary knows, and the short names of kinds of services. */
export const OWN_WORDS: readonly string[] = ownWords()

/** Every other way to say what a text says: the short words for what it spells out, and what its short words stand for. */
export function otherWordsFor(text: string): { terms: string[]; meanings: string[] } {
  const said = plain(text)
  const known = SYNONYMS.filter(({ slip }) => !slip)
  return {
    // 编制 only says that somebody writes it; most names go without.
    terms: known.filter((one) => one.plainMeans.some((meaning) => said.includes(meaning.replace(/编制$/, '')))).map((one) => one.said),
    meanings: known.filter((one) => said.includes(one.plain)).flatMap(({ means }) => means),
  }
}

/**
 * What of a question was a slip or an abbreviation: the whole, or words of it. Who writes 勘察 means more than 工程勘察, so a
 * word that its meaning holds is not explained.
 */
export function understand(text: string, words: readonly string[]): Understood[] {
  const whole = plain(text)
  const isMeant = (one: Synonym) => (one.slip ? whole.includes(one.plain) && !one.plainMeans.some((meaning) => whole.includes(meaning)) : one.plain === whole || words.includes(one.plain))
  const meant = SYNONYMS.filter((one) => isMeant(one) && !one.plainMeans.some((meaning) => meaning.includes(one.plain)))
  return meant.filter((one) => !meant.some((other) => other !== one && other.plain.includes(one.plain))).map(({ said, means, slip }) => ({ said, means, slip }))
}

function ownWords(): string[] {
  const categories = read<{ tree: { children: { name: string }[] }[] }>('categories.json').tree.flatMap(({ children }) => children.map(({ name }) => name))
  const listed = read<{ name: string }[]>('catalogue-real.json').map(({ name }) => name)
  const stems = [...categories, ...listed].map((name) => name.replace(/（.*）/, '').replace(PAPER, '')).filter((stem) => /^\p{Script=Han}{2,6}$/u.test(stem))
  return [...new Set([...SYNONYMS.flatMap(({ said, slip }) => (slip ? [] : [said.toLowerCase()])), ...stems])]
}
