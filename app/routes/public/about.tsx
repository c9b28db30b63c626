import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.site.about.title)

export default function About() {
  const words = useWords().site.about
  return (
    <Page title={words.title} lead={words.lead} action={<ButtonLink href={paths.catalogue()}>{words.action}</ButtonLink>}>
      <Prose parts={words.parts} />
    </Page>
  )
}
