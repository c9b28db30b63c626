import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showJudgeDesk } from '#app/domain/awards/show-judging.server.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.merit.desk.title)

export async function loader(arrived: LoaderFunctionArgs) {
  return { seats: await showJudgeDesk(await enterAs(arrived, 'judge:tender')) }
}

export default function JudgeDesk() {
  const { merit } = useWords()
  const words = merit.desk
  const { seats } = useLoaderData<typeof loader>()
  return (
    <Page title={words.title} lead={words.lead}>
      <DataTable
        caption={words.caption}
        rows={seats}
        keyOf={({ number, seat }) => `${number} ${seat}`}
        empty={words.empty}
        columns={[
          { key: 'tender', label: words.tender, main: true, cell: ({ number, title }) => <><a href={paths.judge(number)}>{title}</a><span className="small muted block">{number}</span></> },
          { key: 'todo', label: words.todo, cell: ({ duty }) => words.todos[duty] },
          { key: 'due', label: merit.due, cell: ({ dueAt, duty }) => (dueAt && duty !== 'ended' ? <Instant at={dueAt} /> : '—') },
        ]}
      />
    </Page>
  )
}
