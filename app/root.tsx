import type { LoaderFunctionArgs } from '@remix-run/node'
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, useMatches, useRouteError, useRouteLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { showFrame } from '#app/domain/divisions/show-frame.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { useNonce, useTraceId } from './nonce.ts'
import { copyScript, speculationRules } from './ui/document.ts'
import { ErrorPage, errorWords } from './ui/error-page.tsx'
import { Frame, type FrameData } from './ui/frame.tsx'
import { useLocale, useWords } from './ui/locale.tsx'
import '#app/styles.css'

export async function loader({ request, context: arrival }: LoaderFunctionArgs): Promise<FrameData> {
  if (arrival.refused) throw new Response(null, { status: arrival.refused })
  const context = await enter({ request, context: arrival })
  const { actor } = context
  const url = new URL(request.url)
  return {
    locale: localeOf(request),
    path: url.pathname.replace(/\.data$/, '') + url.search,
    member: actor.kind === 'member' ? { name: actor.displayName, role: actor.role, duty: actor.duty, organisation: actor.organisationName } : null,
    ...(await showFrame(context)),
  }
}

/** A page's `handle`: `runtime` asks for Remix in the browser. Pages that only show and post go without (docs/decisions). */
type Handle = { runtime?: boolean } | undefined

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const locale = useLocale()
  const frame = useRouteLoaderData<typeof loader>('root')
  const words = useWords()
  const error = useRouteError()
  const runtime = useMatches().some(({ handle }) => (handle as Handle)?.runtime)
  return (
    <html lang={locale === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {error ? <title>{`${errorWords(words, statusOf(error)).title} · ${words.frame.brand}`}</title> : <Meta />}
        <Links />
      </head>
      <body>
        <Frame data={frame}>{children}</Frame>
        <script type="speculationrules" nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: speculationRules }} />
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: copyScript }} />
        {runtime ? <Scripts nonce={nonce} /> : null}
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

/** Every status that may end a request, in words: what happened and what to do next. */
export function ErrorBoundary() {
  const error = useRouteError()
  const traceId = useTraceId()
  const said = isRouteErrorResponse(error) && typeof error.data === 'string' ? error.data : undefined
  return <ErrorPage status={statusOf(error)} said={said} traceId={traceId} />
}

function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500
}
