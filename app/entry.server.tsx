import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { localeOf } from '#app/http/locale.server.ts'
import { COME_AGAIN, isAway } from '#app/http/health.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { wholePage } from '#app/http/whole-page.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { ArrivalProvider } from './nonce.ts'
import { LocaleProvider, registerWords } from './ui/locale.tsx'

registerWords('zh', wordsOf('zh'))
registerWords('en', wordsOf('en'))

export const streamTimeout = 5_000

/**
 * Renders a page whole before its first byte leaves. Half a page with a script to fill it in later would stay
 * half a page for whoever runs no scripts.
 */
export default function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, arrival: AppLoadContext): Promise<Response> {
  const { nonce, traceId, away } = arrival
  if (away && status >= 500) {
    status = 503
    for (const [name, value] of Object.entries(COME_AGAIN)) headers.set(name, value)
  }
  const locale = localeOf(request)
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <ArrivalProvider value={{ nonce, traceId, away }}>
        <LocaleProvider locale={locale}>
          <RemixServer context={remix} url={request.url} nonce={nonce} />
        </LocaleProvider>
      </ArrivalProvider>,
      {
        nonce,
        onAllReady() {
          clearTimeout(patience)
          headers.set('Content-Type', 'text/html; charset=utf-8')
          headers.set('Content-Language', locale === 'zh' ? 'zh-CN' : 'en')
          if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'private, no-cache')
          headers.append('Vary', 'Cookie, Accept-Language')
          pipe(wholePage((body) => resolve(new Response(body, { headers, status }))))
        },
        onShellError: reject,
        onError(error: unknown) {
          status = 500
          log(error, traceId)
        },
      },
    )
    const patience = setTimeout(abort, streamTimeout + 1_000)
  })
}

/** Remix calls this for what a loader or action threw and nobody expected; a `Response` that was thrown is an answer. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (isAway(error)) context.away = true
  if (!request.signal.aborted) log(error, context.traceId)
}

function log(error: unknown, traceId: string): void {
  theServices().log.error({ traceId, err: error }, 'a page failed')
}
