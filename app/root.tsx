import type { LoaderFunctionArgs } from '@remix-run/node'
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, useMatches, useRouteError, useRouteLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { showFrame } from '#app/domain/divisions/show-frame.server.ts'
import { clientScript } from '#app/http/client-script.server.ts'
import { countUnread } from '#app/domain/notices/count-unread.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { useAway, useNonce, useTraceId } from './nonce.ts'
import { buttonScript, speculationRules } from './ui/document.ts'
import { ErrorPage, errorWords } from './ui/error-page.tsx'
import { FrameTop, type FrameData } from './ui/frame.tsx'
import { Broken } from './ui/broken.tsx'
import { FrameFoot } from './ui/frame-foot.tsx'
import { registeredWords, useLocale } from './ui/locale.tsx'
import { Still } from './ui/still.tsx'
import type { Locale, Words } from '#app/words/words.ts'
import '#app/styles.css'

export async function loader({ request, context: arrival }: LoaderFunctionArgs): Promise<FrameData & { suggestions: string | null }> {
  if (arrival.refused) throw new Response(null, { status: arrival.refused })
  const context = await enter({ request, context: arrival })
  const { actor } = context
  const url = new URL(request.url)
  const [frame, unread] = await Promise.all([showFrame(context), countUnread(context)])
  return {
    locale: localeOf(request),
    path: url.pathname.replace(/\.data$/, '') + url.search,
    member: actor.kind === 'member' ? { name: actor.displayName, role: actor.role, duty: actor.duty, organisation: actor.organisationName, unread: unread ?? 0 } : null,
    suggestions: clientScript('app/client/suggest.ts'),
    ...frame,
  }
}

/**
 * A page's `handle`: `runtime` asks for Remix in the browser, `words` names the areas of words that it uses there.
 * Pages that only show and post go without; the frame is still on every page and never sent as script.
 */
export type Handle = { runtime?: boolean; words?: (keyof Words)[] }

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const locale = useLocale()
  const frame = useRouteLoaderData<typeof loader>('root')
  const error = useRouteError()
  const away = useAway()
  const handle = useMatches().map(({ handle }) => handle as Handle | undefined).find((handle) => handle?.runtime)
  return (
    <html lang={locale === 'zh' ? 'zh-CN' : 'en'} data-words={handle?.words?.join(' ')}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {error ? <title>{errorTitle(statusOf(error, away), locale)}</title> : <Meta />}
        <Links />
      </head>
      <body>
        <Still>{import.meta.env.SSR ? <FrameTop data={frame} /> : null}</Still>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <Still>{import.meta.env.SSR ? <FrameFoot data={frame} /> : null}</Still>
        <script type="speculationrules" nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: speculationRules }} />
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: buttonScript }} />
        {frame?.suggestions ? <script type="module" src={frame.suggestions} nonce={nonce} suppressHydrationWarning /> : null}
        {handle && !error ? <Scripts nonce={nonce} /> : null}
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

/** Every status that may end a request, in words: what happened and what to do next. In the browser only a page with the runtime can break. */
export function ErrorBoundary() {
  const error = useRouteError()
  const traceId = useTraceId()
  const away = useAway()
  const said = isRouteErrorResponse(error) && typeof error.data === 'string' ? error.data : undefined
  return import.meta.env.SSR ? <ErrorPage status={statusOf(error, away)} said={said} traceId={traceId} /> : <Broken />
}

function statusOf(error: unknown, away: boolean): number {
  return isRouteErrorResponse(error) ? error.status : away ? 503 : 500
}

function errorTitle(status: number, locale: Locale): string {
  if (!import.meta.env.SSR) return document.title
  const words = registeredWords(locale)
  return `${errorWords(words, status).title} · ${words.frame.brand}`
}
