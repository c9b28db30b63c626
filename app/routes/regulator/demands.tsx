import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findDivisionDemands } from '#app/domain/guard/find-demands.server.ts'
import { VERDICTS, type Verdict } from '#app/domain/guard/judgement.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { DemandTable } from '#app/ui/demand-table.tsx'
import { Filter } from '#app/ui/filter.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.guard.demands.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:demands')
  const asked = new URL(arrived.request.url).searchParams
  // A verdict that does not exist filters nothing, as an empty one does.
  const verdict = VERDICTS.find((one) => one === asked.get('verdict')) as Verdict | undefined
  const before = asked.get('before')
  return { ...(await findDivisionDemands(context, { verdict, before })), verdict, before }
}

export default function Demands() {
  const { guard, frame } = useWords()
  const words = guard.demands
  const { items, next, verdict, before } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.regulatorDesk(), label: guard.regulator.title }}>
      <Filter
        action={paths.demands()}
        label={words.filterLabel}
        fields={[{ kind: 'choice', name: 'verdict', label: words.verdict, value: verdict, options: VERDICTS.map((value) => ({ value, label: frame.verdict.words[value] })) }]}
      />
      <DemandTable
        rows={items}
        by
        cases
        caption={words.caption}
        empty={{ ...words.empty, action: { href: paths.demands(), label: words.empty.action } }}
        pager={{ first: before ? paths.demands({ verdict }) : null, next: next ? paths.demands({ verdict, before: next }) : null }}
      />
    </Page>
  )
}
