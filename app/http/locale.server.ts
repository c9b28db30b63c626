import type { Locale } from '#app/words/words.ts'

const COOKIE = 'mingdan-language'

/** The language of a request: what the reader chose, else what the browser prefers, else Chinese. */
export function localeOf(request: { headers: { get: (name: string) => string | null } }): Locale {
  const chosen = /(?:^|;\s*)mingdan-language=(zh|en)(?:;|$)/.exec(request.headers.get('cookie') ?? '')?.[1]
  if (chosen) return chosen as Locale
  const first = request.headers.get('accept-language')?.split(',').map((tag) => tag.trim().slice(0, 2).toLowerCase()).find((tag) => tag === 'zh' || tag === 'en')
  return first === 'en' ? 'en' : 'zh'
}

export function languageCookie(locale: Locale): string {
  return `${COOKIE}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`
}
