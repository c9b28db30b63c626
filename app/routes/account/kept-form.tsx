import { redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { enter } from '#app/http/enter.server.ts'
import { keptFormOf, REFILL } from '#app/http/kept-form.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.drafts.kept.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enter(arrived)
  if (context.actor.kind === 'visitor') throw redirect(paths.signIn({ next: paths.keptForm() }))
  const kept = await keptFormOf(arrived.request, context)
  return { kept: kept && { ...kept, values: { ...kept.values, [REFILL]: 'yes' } } }
}

/** Between the sign-in and the form: one button brings the typed values back to their page, where they are seen and sent again. */
export default function KeptForm() {
  const words = useWords().drafts.kept
  const { kept } = useLoaderData<typeof loader>()
  if (!kept) {
    return (
      <Page title={words.title}>
        <Empty title={words.none.title} text={words.none.text} action={{ href: paths.home(), label: words.none.action }} />
      </Page>
    )
  }
  return (
    <Page title={words.title} lead={words.lead}>
      <form method="post" action={kept.path} className="form">
        {Object.entries(kept.values).flatMap(([name, value]) => [value].flat().map((one, place) => <input key={`${name}-${place}`} type="hidden" name={name} value={one} />))}
        <Facts items={[{ label: words.when, value: <Instant at={kept.keptAt} /> }]} />
        <p className="small muted measure">{words.files}</p>
        <div className="actions">
          <Button kind="main">{words.button}</Button>
        </div>
      </form>
    </Page>
  )
}
