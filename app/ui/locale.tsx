import { createContext, useContext, type ReactNode } from 'react'
import type { Locale, Words } from '#app/words/words.ts'

/**
 * The words that this process may show. The server's entry registers both languages whole; a browser page with the
 * runtime registers only the areas that its handle names, in its own language.
 */
const registered: Partial<Record<Locale, Words>> = {}

export function registerWords(locale: Locale, words: Words): void {
  registered[locale] = words
}

export function registeredWords(locale: Locale): Words {
  const words = registered[locale]
  if (!words) throw new Error(`The words of ${locale} were not registered.`)
  return words
}

const LocaleOfPage = createContext<Locale>('zh')

export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return <LocaleOfPage.Provider value={locale}>{children}</LocaleOfPage.Provider>
}

/** The language that this page is shown in. */
export function useLocale(): Locale {
  return useContext(LocaleOfPage)
}

/** Every text of the page's language. */
export function useWords(): Words {
  return registeredWords(useLocale())
}
