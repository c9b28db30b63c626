import { plain } from '#app/domain/catalogue/same-service.ts'
import { LONGEST_QUESTION, type Understood } from '#app/domain/search/found.ts'
import { distinct, lettersOf, partsOf, wordsAsked } from './reading.ts'
import { understand } from './synonyms.ts'

/** A question as every engine may read it. */
export type Reading = {
  /** The whole, letters and digits only; empty where nothing can be looked for. */
  plain: string
  /** Words that must all stand in what is found. */
  words: string[]
  /** In letters, where letters were typed or mixed in; else null. */
  letters: string | null
  /** How the whole sounds, in letters: whoever typed by sound and picked the wrong character sounds right. */
  sound: string
  understood: Understood[]
  marks: string[]
}

const MOST_WORDS = 12
/** What one says around the thing one looks for. */
const FILLERS = new Set('的 了 吗 呢 我 我们 要 想 请 请问 做 办 找 有 和 与 或 及 在 一个 哪些 哪里 什么 怎么 怎样 需要 如何 可以 能 谁 查 查询 搜索 the a an of for and to in'.split(' '))

/** Reads what somebody typed: slips corrected, words cut, abbreviations known. Any text is a question; some ask nothing. */
export function readQuestion(text: string): Reading {
  const typed = [...text.normalize('NFKC')].slice(0, LONGEST_QUESTION).join('').toLowerCase()
  const said = wordsAsked(typed)
  const understood = understand(typed, said)
  const corrected = understood.filter(({ slip }) => slip).reduce((fixed, { said, means }) => fixed.replaceAll(said.toLowerCase(), means[0]!), typed)
  const asked = corrected === typed ? said : wordsAsked(corrected)
  const telling = asked.filter((word) => !FILLERS.has(word))
  const kept = telling.length ? telling : asked
  const whole = plain(corrected)
  const words = distinct(kept.flatMap(partsOf)).slice(0, MOST_WORDS)
  const mixed = /[a-z0-9]/.test(whole)
  const sound = lettersOf(whole).full
  return {
    plain: whole,
    words,
    letters: mixed ? (/^[a-z0-9]+$/.test(whole) ? whole : sound) : null,
    sound,
    understood,
    marks: distinct([corrected.trim(), ...kept, ...words, ...understood.flatMap(({ means }) => means)]).filter((mark) => plain(mark).length > (/^\p{Script=Han}/u.test(mark) || kept.length < 2 ? 0 : 1)),
  }
}
