import { RemixBrowser } from '@remix-run/react'
import { startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import type { Words } from '#app/words/words.ts'
import { LocaleProvider, registerWords } from './ui/locale.tsx'

const areas = import.meta.glob<Partial<Words>>('./words/{zh,en}/*.ts')

/** Runs only on pages whose handle asks for the runtime. It fetches the areas of words that the handle names, in the page's language. */
async function wake(): Promise<void> {
  const page = document.documentElement
  const locale = page.lang.startsWith('en') ? 'en' : 'zh'
  const named = page.dataset.words?.split(' ').filter(Boolean) ?? []
  const words = await Promise.all(named.map((area) => areas[`./words/${locale}/${area}.ts`]!()))
  registerWords(locale, Object.assign({}, ...words) as Words)
  startTransition(() => {
    hydrateRoot(
      document,
      <LocaleProvider locale={locale}>
        <RemixBrowser />
      </LocaleProvider>,
    )
  })
}

void wake()
