import type { Locale } from '#app/words/words.ts'

const COOKIE = 'mingdan-language'
const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

/** The language of a request: what the reader chose, else what the browser or program prefers, else Chinese. */
export function localeOf(request: { headers: { get: (name: string) => string | null } }): Locale {
  const chosen = /(?:^|;\s*)mingdan-language=(zh|en)(?:;|$)/.exec(request.headers.get('cookie') ?? '')?.[1]
  if (chosen) return chosen as Locale
  return preferred(request.headers.get('accept-language') ?? '') ?? 'zh'
}

const SPOKEN: readonly Locale[] = ['zh', 'en']

/** Of the languages spoken here the one with the greatest weight (RFC 9110, 12.5.4), of equal ones the first; a weight of nought refuses, and an asterisk means those that are not named. */
function preferred(accepted: string): Locale | undefined {
  const ranges = accepted.split(',').map((range) => {
    const [tag, ...terms] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = terms.find((term) => term.startsWith('q='))?.slice(2)
    return { language: tag!.split('-')[0]!, weight: weight === undefined ? 1 : WEIGHT.test(weight) ? Number(weight) : 0 }
  })
  const unnamed = SPOKEN.filter((one) => !ranges.some(({ language }) => language === one))
  const wanted = ranges.flatMap(({ language, weight }) => (language === '*' ? unnamed : SPOKEN.filter((one) => one === language)).map((one) => ({ one, weight })))
  return wanted.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight)[0]?.one
}

export function languageCookie(locale: Locale): string {
  return `${COOKIE}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`
}
