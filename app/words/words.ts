import type { RefusalParams } from '#app/domain/refusal.ts'
import { en } from './en.ts'
import { zh, type Words } from './zh.ts'

export type Locale = 'zh' | 'en'
export type { Words }

const WORDS: Record<Locale, Words> = { zh, en }

export function wordsOf(locale: Locale): Words {
  return WORDS[locale]
}

type Sentences = Record<string, string | ((params: never) => string)>

/** The sentence behind a refusal's code, e.g. `tenders.closed` → `words.tenders.refusals.closed`. A code without a sentence shows itself, and a test fails. */
export function sentenceOf(words: Words, code: string, params: RefusalParams | Record<string, unknown> = {}): string {
  const [area, name] = code.split('.') as [keyof Words, string]
  const sentences = (words[area] as { refusals?: Sentences } | undefined)?.refusals
  const sentence = sentences?.[name]
  if (typeof sentence === 'function') return sentence(params as never)
  return sentence ?? code
}
