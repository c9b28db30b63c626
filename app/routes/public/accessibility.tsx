import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.site.accessibility.title)

export default function Accessibility() {
  const words = useWords().site.accessibility
  return (
    <Page title={words.title} lead={words.lead}>
      <Prose parts={words.parts} />
    </Page>
  )
}
