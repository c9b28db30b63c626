import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { qrOf } from '#app/http/qr.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from '#app/ui/code-text.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { AwardPaper } from '#app/ui/award-paper.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { Left } from '#app/ui/remaining.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.life.notice.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const number = arrived.params.number!
  const shown = await orPage(arrived.request, showTender(await enter(arrived), { number }))
  return { shown, qr: qrOf(`${theServices().config.publicUrl}${paths.tender(number)}`) }
}

export default function Award() {
  const { life } = useWords()
  const words = life.notice
  const { shown, qr } = useLoaderData<typeof loader>()
  const { tender, state, awards, demo } = shown
  const { number } = tender.publication!
  const award = awards.find(({ declined }) => !declined)
  const isBound = state === 'awarded' && award
  return (
    <Page back={{ href: paths.tender(number), label: words.back }} kicker={<CodeText>{number}</CodeText>} title={words.title}>
      {isBound ? (
        <>
          <AwardPaper shown={shown} award={award} qr={qr} />
          <p className="small muted no-print">{words.print}</p>
        </>
      ) : award ? (
        <Notice tone="open" title={words.notYet.title}>
          {words.notYet.text} <Instant at={award.publicityEndsAt} seconds={demo} /> <Left shown={shown} until={award.publicityEndsAt} />
        </Notice>
      ) : (
        <Notice title={state === 'failed' || state === 'cancelled' ? words.none.title : words.later.title}>{state === 'failed' || state === 'cancelled' ? words.none.text : words.later.text}</Notice>
      )}
    </Page>
  )
}
