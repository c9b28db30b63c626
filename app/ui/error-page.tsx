import { paths } from '#app/paths.ts'
import type { Words } from '#app/words/words.ts'
import { ButtonLink } from './button.tsx'
import { CodeText } from './code-text.tsx'
import { useWords } from './locale.tsx'
import { Page } from './page.tsx'

/** A status in words. `said` is the sentence of a refusal, or its code, and wins over the general one. */
export function ErrorPage({ status, said, traceId }: { status: number; said?: string; traceId?: string }) {
  const words = useWords()
  const { errors } = words.frame
  // Of all that is 503 only the refusal of a marketplace that is not open comes with a sentence of its own.
  const unopened = status === 503 && said !== undefined
  const known = unopened ? { ...errors.unopened, text: said } : errorWords(words, status)
  return (
    <Page kicker={errors.kicker(status)} title={known.title} lead={<p>{sentence(words, status, said) ?? known.text}</p>}>
      <div className="stack">
        <p className="measure">{known.next}</p>
        <div className="actions">
          <ButtonLink href={paths.home()} kind="main">
            {errors.home}
          </ButtonLink>
          <ButtonLink href={paths.catalogue()}>{words.frame.nav.catalogue}</ButtonLink>
        </div>
        {status >= 500 && !unopened && traceId ? (
          <p className="small muted" suppressHydrationWarning>
            {errors.trace} <CodeText>{traceId}</CodeText>
          </p>
        ) : null}
      </div>
    </Page>
  )
}

/** What is said of a status; one that has no words of its own is told as the nearest that has. */
export function errorWords(words: Words, status: number): Words['frame']['errors']['pages'][400] {
  const { pages } = words.frame.errors
  return (pages as Record<number, (typeof pages)[400]>)[status] ?? (status >= 500 ? pages[500] : pages[400])
}

/** Only refusals speak here; what a server says about itself (`Error: …`) stays in the log. */
function sentence(words: Words, status: number, said: string | undefined): string | undefined {
  if (!said || ![403, 404, 409, 422, 429, 503].includes(status) || said.startsWith('Error:')) return undefined
  const code = /^([a-z]+)\.([a-z-]+)$/.exec(said)
  if (!code) return said
  const area = words[code[1] as keyof typeof words] as { refusals?: Record<string, unknown> } | undefined
  const found = area?.refusals?.[code[2]!]
  return typeof found === 'string' ? found : undefined
}
