import { paths } from '#app/paths.ts'
import { ButtonLink } from './button.tsx'
import { CodeText } from './code-text.tsx'
import { useWords } from './locale.tsx'
import { Page } from './page.tsx'

/** A status in words. `said` is the sentence of a refusal, or its code, and wins over the general one. */
export function ErrorPage({ status, said, traceId }: { status: number; said?: string; traceId?: string }) {
  const words = useWords()
  const { errors } = words.frame
  const known = (errors.pages as Record<number, (typeof errors.pages)[400]>)[status] ?? (status >= 500 ? errors.pages[500] : errors.pages[400])
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
        {status >= 500 && traceId ? (
          <p className="small muted" suppressHydrationWarning>
            {errors.trace} <CodeText>{traceId}</CodeText>
          </p>
        ) : null}
      </div>
    </Page>
  )
}

/** Only refusals speak here; what a server says about itself (`Error: …`) stays in the log. */
function sentence(words: ReturnType<typeof useWords>, status: number, said: string | undefined): string | undefined {
  if (!said || ![403, 404, 409, 422, 429].includes(status) || said.startsWith('Error:')) return undefined
  const code = /^([a-z]+)\.([a-z-]+)$/.exec(said)
  if (!code) return said
  const area = words[code[1] as keyof typeof words] as { refusals?: Record<string, unknown> } | undefined
  const found = area?.refusals?.[code[2]!]
  return typeof found === 'string' ? found : undefined
}
