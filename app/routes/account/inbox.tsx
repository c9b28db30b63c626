import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { DESKS } from '#app/domain/accounts/desks.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { readMessages } from '#app/domain/notices/read-messages.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { keysetOf } from '#app/http/keyset.server.ts'
import { submit } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import type { Rejected } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { MessageList } from '#app/ui/message-list.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.notices.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'read:inbox')
  const asked = new URL(arrived.request.url).searchParams
  const [show, before] = [asked.get('show') === 'unread' ? ('unread' as const) : undefined, keysetOf(asked.get('before'))]
  const { messages, next } = await findMessages(context, { unread: show === 'unread', before })
  return { messages, next, show, isFirst: before === undefined, role: context.actor.role, done: asked.get('done') === 'read' }
}

const Reading = z.object({ upTo: z.coerce.number('forms.required').int('forms.number').positive('forms.number').max(Number.MAX_SAFE_INTEGER, 'forms.number') })

export async function action(arrived: ActionFunctionArgs) {
  const context = await enterAs(arrived, 'read:inbox')
  return submit(arrived.request, Reading, async ({ upTo }) => {
    await readMessages(context, { upTo })
    return redirect(paths.inbox({ done: 'read' }), 303)
  })
}

export default function Inbox() {
  const { notices: words, accounts } = useWords()
  const { messages, next, show, isFirst, role, done } = useLoaderData<typeof loader>()
  const rejected = useActionData<Rejected>()
  const none = show ? { ...words.empty.unread, action: { href: paths.inbox(), label: words.empty.unread.action } } : { ...words.empty.all, action: { href: paths[DESKS[role]](), label: words.empty.all.action } }
  return (
    <Page title={words.title} lead={words.lead(accounts.roles[role])}>
      {rejected ? <ErrorSummary errors={rejected.errors} /> : null}
      {done ? <Notice tone="kept">{words.allRead}</Notice> : null}
      <div className="inbox-bar">
        <nav className="nav" aria-label={words.show.label}>
          <a href={paths.inbox()} aria-current={show ? undefined : 'page'}>{words.show.all}</a>
          <a href={paths.inbox({ show: 'unread' })} aria-current={show ? 'page' : undefined}>{words.show.unread}</a>
        </nav>
        {isFirst && messages.some(({ unread }) => unread) ? (
          <form method="post" action={paths.inbox()} className="actions">
            <input type="hidden" name="upTo" value={messages[0]!.id} />
            <Button small>{words.readAll}</Button>
            <span className="small muted">{words.readAllNote}</span>
          </form>
        ) : null}
      </div>
      <MessageList messages={messages} empty={none} pager={{ first: isFirst ? null : paths.inbox({ show }), next: next ? paths.inbox({ show, before: next }) : null }} />
    </Page>
  )
}
