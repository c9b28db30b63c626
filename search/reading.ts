import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { pinyin } from 'pinyin-pro'
import { plain } from '#app/domain/catalogue/same-service.ts'
import { OWN_WORDS } from './synonyms.ts'

/** Raise it with every change of how words are read or of what a document shows: the worker then builds the index again. */
export const READING = 2

/** Long enough for any name; a text behind it adds nothing that anybody would look for. */
const MOST_WORDS = 200
/** Commoner than any word of the dictionary, so that an own word is never cut in two. */
const OWN_FREQUENCY = 200_000

let jieba: Jieba | undefined

/** The dictionary costs a fifth of a second and tens of megabytes, so whoever never searches never loads it. */
function cutter(): Jieba {
  if (jieba) return jieba
  jieba = Jieba.withDict(dict)
  jieba.loadDict(Buffer.from(OWN_WORDS.map((word) => `${word} ${OWN_FREQUENCY} n\n`).join('')))
  return jieba
}

/** The words of a text for the index: those of the dictionary and the shorter ones inside them, each once, in order. */
export function wordsIn(text: string): string[] {
  return distinct(cutter().cutForSearch(text.normalize('NFKC').toLowerCase(), true).map(plain).filter(Boolean)).slice(0, MOST_WORDS)
}

/** The words of a question as one would say them, none inside another. */
export function wordsAsked(text: string): string[] {
  return distinct(cutter().cut(text.normalize('NFKC').toLowerCase(), true).map(plain).filter(Boolean))
}

/** The shortest words that make up a longer one: 水土保持 → 水土, 保持. Whatever holds the long one holds these. */
export function partsOf(word: string): string[] {
  const parts = cutter().cutForSearch(word, true).filter((part) => part !== word)
  return [...word].every((sign) => parts.some((part) => part.includes(sign))) ? parts : [word]
}

/** A text in letters: 水土保持 → `shuitubaochi` and `stbc`. Latin letters and digits stay as they are, ü is typed v. */
export function lettersOf(text: string): { full: string; initials: string } {
  const syllables = pinyin(plain(text), { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).map((one) => plain(one))
  return { full: syllables.join(''), initials: syllables.map((syllable) => (/^[a-z]/.test(syllable) ? syllable[0] : syllable)).join('') }
}

/** Each once, where it stood first. */
export function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)]
}
