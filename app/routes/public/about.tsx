import { useLoaderData } from '@remix-run/react'
import { thisInstallation } from '#app/http/installation.server.ts'
import { paths } from '#app/paths.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page } from '#app/ui/page.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.site.about.title)

export function loader() {
  return thisInstallation()
}

/** What this is. It ends with whom to tell of a flaw and in which version, as SECURITY.md promises. */
export default function About() {
  const words = useWords().site.about
  const { version, securityContact } = useLoaderData<typeof loader>()
  const { title, text, contact, versionIs } = words.security
  return (
    <Page title={words.title} lead={words.lead} action={<ButtonLink href={paths.catalogue()}>{words.action}</ButtonLink>}>
      <Prose parts={[...words.parts, { title, text: [text, ...(securityContact ? [contact(securityContact)] : []), versionIs(version)] }]} />
    </Page>
  )
}
