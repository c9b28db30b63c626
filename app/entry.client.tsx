import { RemixBrowser } from '@remix-run/react'
import { startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { LocaleProvider, registerWords } from './ui/locale.tsx'

/** Runs only on pages whose handle asks for the runtime. It fetches the page's own language and no other. */
async function wake(): Promise<void> {
  const locale = document.documentElement.lang.startsWith('en') ? 'en' : 'zh'
  registerWords(locale, locale === 'en' ? (await import('#app/words/en.ts')).en : (await import('#app/words/zh.ts')).zh)
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
