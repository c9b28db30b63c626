import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { openMessage } from '#app/domain/notices/open-message.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { addressOf } from '#app/ui/message-address.ts'

/** Opens a message: marks it as read and goes where it leads. A browser that only fetches ahead marks nothing. */
export async function loader(arrived: LoaderFunctionArgs) {
  const { request, params } = arrived
  const context = await enterAs(arrived, 'read:inbox')
  if (/prefetch/.test(request.headers.get('sec-purpose') ?? '')) throw redirect(paths.inbox())
  const message = await orPage(request, openMessage(context, { id: keysetOf(params.id ?? null) ?? 0 }))
  throw redirect(addressOf(message), { status: 303, headers: { 'Cache-Control': 'no-store' } })
}
