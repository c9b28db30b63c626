import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showCredit } from '#app/domain/agencies/show-credit.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Facts } from '#app/ui/facts.tsx'
import { GradeTable } from '#app/ui/grade-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.credit.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return showCredit(await enter(arrived))
}

export default function Credit() {
  const { credit: words, agencies } = useWords()
  const { balls, unrated, grades } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead} back={{ href: paths.agencies(), label: agencies.list.title }}>
      <Section title={words.worth.title} lead={words.worth.lead}>
        <Facts items={balls.map(({ grade, balls: count }) => ({ label: words.manage.grades[grade], value: words.worth.ballsOf(count), note: grade === unrated ? words.worth.unrated(grade) : undefined }))} />
        <p className="small muted mt-4">{words.worth.default}</p>
      </Section>
      <Section title={words.list.title}>
        <GradeTable grades={grades} />
      </Section>
    </Page>
  )
}
