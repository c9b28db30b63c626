import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { showAuthorityDesk } from '#app/domain/desks/show-authority-desk.server.ts'
import { findOwnDemands } from '#app/domain/guard/find-demands.server.ts'
import { VERDICTS } from '#app/domain/guard/judgement.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Agenda, Counts } from '#app/ui/agenda.tsx'
import { agendaAddress } from '#app/ui/agenda-address.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DemandTable } from '#app/ui/demand-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.guard.authority.title)

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'see:own-demands')
  const asked = new URL(arrived.request.url).searchParams
  const [before, verdict] = [asked.get('before'), VERDICTS.find((name) => name === asked.get('verdict'))]
  const [desk, page] = await Promise.all([showAuthorityDesk(context), findOwnDemands(context, { before, verdict })])
  return { ...desk, ...page, before, verdict, organisationName: context.actor.organisationName }
}

export default function AuthorityDesk() {
  const { guard, desks } = useWords()
  const words = guard.authority
  const { today, demands, purchases, items, next, before, verdict, organisationName } = useLoaderData<typeof loader>()
  const { authority: nothing } = desks.empty
  return (
    <Page title={words.title} kicker={organisationName} lead={words.lead} action={<ButtonLink kind="main" href={paths.newDemand()}>{words.newDemand}</ButtonLink>}>
      <Agenda items={today} hrefOf={agendaAddress} empty={{ ...nothing, action: { href: paths.newDemand(), label: nothing.action } }} />
      <Section id="demands" title={words.listTitle} action={verdict ? <a href={`${paths.authorityDesk()}#demands`}>{guard.demands.empty.action}</a> : null}>
        <Counts items={VERDICTS.map((key) => ({ key, label: desks.demandCounts[key], count: demands[key], href: `${paths.authorityDesk({ verdict: key })}#demands` }))} />
        <DemandTable
          rows={items}
          cases
          caption={words.caption}
          empty={{ ...words.empty, action: { href: paths.newDemand(), label: words.empty.action } }}
          pager={{ first: before ? paths.authorityDesk({ verdict }) : null, next: next ? paths.authorityDesk({ verdict, before: next }) : null }}
        />
      </Section>
      <Section title={desks.purchases.asOwner} action={<a href={paths.ownerDesk()}>{desks.purchases.toOwner}</a>}>
        <Counts items={(['drafts', 'running', 'awarded', 'failed'] as const).map((key) => ({ key, label: desks.purchases[key], count: purchases[key], href: `${paths.ownerDesk()}#tenders` }))} />
      </Section>
      <p className="small muted">
        {words.apiNote} <a href={paths.openData()}>{words.apiLink}</a>
      </p>
    </Page>
  )
}
