import type { Say } from '#app/domain/guard/decision.ts'
import { REASONS } from '#app/domain/guard/reasons.ts'
import { wordsOf, type Locale } from '#app/words/words.ts'

/** Words a reason and its legal source, for documents that leave the house. */
export function sayingIn(locale: Locale): Say {
  const { reasons } = wordsOf(locale).guard
  return ({ code, params }) => {
    const sentence = reasons[code]
    const { title, article } = REASONS[code]
    return { text: typeof sentence === 'string' ? sentence : sentence(params), source: locale === 'zh' ? title.zh + article.zh : `${title.en}, ${article.en}` }
  }
}
