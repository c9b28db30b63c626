import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Day as DayInput } from '#app/domain/calendar.ts'
import { showDifferences } from '#app/domain/governance/show-differences.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { paths } from '#app/paths.ts'
import { Filter } from '#app/ui/filter.tsx'
import { ListChanges } from '#app/ui/list-changes.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { dayText } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.governance.differences.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const asked = new URL(arrived.request.url).searchParams
  const [from, to] = [dayIn(asked.get('from')), dayIn(asked.get('to'))]
  const badDay = !from.success || !to.success
  const shown = await orPage(arrived.request, enter(arrived).then((context) => showDifferences(context, badDay ? {} : { from: from.data, to: to.data })))
  return data({ ...shown, badDay }, { status: badDay ? 400 : 200 })
}

function dayIn(text: string | null) {
  return DayInput.optional().safeParse(text?.trim() || undefined)
}

export default function ListDifferences() {
  const { governance: all, catalogue } = useWords()
  const words = all.differences
  const locale = useLocale()
  const { from, to, versions, changes, counts, divisionName, badDay } = useLoaderData<typeof loader>()
  const versionText = (number: number) => (number ? words.version(number) : words.noVersion)
  return (
    <Page title={words.title} lead={words.lead(divisionName)} kicker={divisionName} back={{ href: paths.catalogueVersions(), label: catalogue.versions.title }}>
      {badDay ? <Notice tone="refused" alert>{words.badDay}</Notice> : null}
      <Filter action={paths.differences()} label={words.label} fields={[{ kind: 'day', name: 'from', label: words.from, value: from }, { kind: 'day', name: 'to', label: words.to, value: to }]} />
      <Section title={words.between(dayText(from, locale, false), dayText(to, locale, false))} lead={`${versionText(versions.from)} → ${versionText(versions.to)}${changes.length ? ` · ${all.counted(counts)}` : ''}`}>
        <ListChanges entries={changes} />
      </Section>
    </Page>
  )
}
