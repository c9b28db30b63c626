import { untilOf, type Message } from '#app/domain/notices/message.ts'
import type { MessageKind } from '#app/domain/notices/message-params.ts'
import { paths } from '#app/paths.ts'
import type { Words } from '#app/words/words.ts'
import { Empty, type Nothing } from './data-table.tsx'
import { useLocale, useWords } from './locale.tsx'
import { Pager, type PagerProps } from './pager.tsx'
import { Status } from './status.tsx'
import { Deadline, Instant, dayText } from './time.tsx'

export type Told = Omit<Message, 'at'> & { at: Date | string }

/** What a message says, in the language of the page. */
export function sentenceOf({ kinds }: Words['notices'], { kind, params }: Pick<Message, 'kind' | 'params'>): string {
  return (kinds[kind as MessageKind] as (params: Message['params']) => string)(params)
}

/** Messages, newest first. What is unread says so in a word; opening one goes by its own address, which marks it. */
export function MessageList({ messages, empty, pager }: { messages: readonly Told[]; empty: Nothing; pager?: PagerProps }) {
  const words = useWords().notices
  if (!messages.length) return <Empty {...empty} pager={pager} />
  return (
    <>
      <ul className="rows">
        {messages.map((message) => (
          <li key={message.id}>
            <div>
              <a className={message.unread ? 'row-link' : 'row-link row-read'} href={paths.message(message.id)} data-no-prefetch="">
                {sentenceOf(words, message)}
              </a>
              <div className="row-note">
                <Instant at={message.at} bare />
                <Due message={message} />
              </div>
            </div>
            {message.unread ? (
              <div>
                <Status tone="open">{words.new}</Status>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {pager ? <Pager {...pager} /> : null}
    </>
  )
}

/** The instant or day that a message asks to be kept. */
function Due({ message }: { message: Told }) {
  const { notices: words, clock } = useWords()
  const locale = useLocale()
  const until = untilOf(message)
  const { effectiveOn, uncoveredYears } = message.params as { effectiveOn?: string; uncoveredYears?: number[] }
  if (until) return <> · {words.until[until.what]} <Deadline at={until.at} bare />{uncoveredYears?.length ? <> · {clock.weekdaysOnly(uncoveredYears.join(', '))}</> : null}</>
  return effectiveOn ? <> · {words.until.from(dayText(effectiveOn, locale, false))}</> : null
}
