import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { can } from '#app/domain/accounts/actor.ts'
import { showOwnerDesk } from '#app/domain/desks/show-owner-desk.server.ts'
import { findProjects } from '#app/domain/projects/find-projects.server.ts'
import { findMyTenders } from '#app/domain/tenders/find-my-tenders.server.ts'
import type { OwnerKind } from '#app/domain/desks/owner-agenda.ts'
import type { OwnList } from '#app/domain/tenders/own-list.ts'
import { enterAs } from '#app/http/enter.server.ts'
import { paths } from '#app/paths.ts'
import { Agenda, Counts } from '#app/ui/agenda.tsx'
import { agendaAddress } from '#app/ui/agenda-address.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { OwnTenders } from '#app/ui/own-tenders.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Instant } from '#app/ui/time.tsx'
import { titled } from '#app/ui/titled.ts'

export const meta = titled((words) => words.projects.desk.title)

/** The list of own tenders behind each figure. */
const LISTS = { drafts: 'drafts', running: 'published', awarded: 'ended', failed: 'ended' } as const satisfies Record<string, OwnList>

/** Longer than any project code. */
const MOST = 40

export async function loader(arrived: LoaderFunctionArgs) {
  const context = await enterAs(arrived, 'register:project')
  const asked = new URL(arrived.request.url).searchParams
  const before = asked.get('before')?.slice(0, MOST) || undefined
  const [{ today, counts }, { projects, next }, { tenders }] = await Promise.all([showOwnerDesk(context), findProjects(context, { before }), findMyTenders(context, { limit: 10 })])
  return { organisationName: context.actor.organisationName, today, counts, canPublish: can(context.actor, 'publish:tender'), projects, next, before, tenders, registered: asked.get('done') === 'registered' }
}

export default function OwnerDesk() {
  const { projects: all, accounts, desks, drafts } = useWords()
  const words = all.desk
  const { organisationName, today, counts, canPublish, projects, next, before, tenders, registered } = useLoaderData<typeof loader>()
  const { owner, ownerNew } = desks.empty
  const nothing = projects.length ? { ...owner, action: { href: paths.newTender(), label: owner.action } } : { ...ownerNew, action: { href: paths.newProject(), label: ownerNew.action } }
  const items = today.map((item) => ({ ...item, kind: canPublish ? item.kind : forDelegate(item.kind) }))
  return (
    <Page
      title={words.title}
      kicker={organisationName}
      lead={words.lead}
      action={
        <>
          <ButtonLink kind={projects.length ? 'plain' : 'main'} href={paths.newProject()}>{words.newProject}</ButtonLink>
          {projects.length ? <ButtonLink kind="main" href={paths.newTender()}>{words.newTender}</ButtonLink> : null}
        </>
      }
    >
      {registered ? <Notice tone="kept" title={accounts.register.welcomeOwner.title} next={{ href: paths.newProject(), label: words.newProject }}>{accounts.register.welcomeOwner.text}</Notice> : null}
      <Agenda items={items} hrefOf={agendaAddress} empty={nothing} />
      <Notice next={{ href: paths.ask(), label: all.page.ask }}>{words.asked}</Notice>
      <Section id="tenders" title={words.tendersTitle} action={<a href={paths.ownTenders()}>{drafts.list.all}</a>}>
        {tenders.length ? <Counts items={(['drafts', 'running', 'awarded', 'failed'] as const).map((key) => ({ key, label: desks.purchases[key], count: counts[key], href: paths.ownTenders({ show: LISTS[key] }) }))} /> : null}
        <OwnTenders tenders={tenders} caption={words.tendersTitle} empty={words.noTenders} />
      </Section>
      <Section title={words.projectsTitle} action={<a href={paths.projects()}>{drafts.projects.all}</a>}>
        <DataTable
          caption={words.caption}
          rows={projects}
          keyOf={({ code }) => code}
          columns={[
            { key: 'name', label: words.name, main: true, cell: (one) => <a href={paths.project(one.code)}>{one.name}</a> },
            { key: 'code', label: words.code, cell: (one) => <code className="code">{one.code}</code> },
            { key: 'money', label: all.new.moneySource, cell: (one) => all.moneySources[one.moneySource] },
            { key: 'registered', label: words.registered, cell: (one) => <Instant at={one.registeredAt} bare /> },
          ]}
          empty={{ ...words.noProjects, action: { href: paths.newProject(), label: words.noProjects.action } }}
          pager={{ first: before ? paths.ownerDesk() : null, next: next ? paths.ownerDesk({ before: next }) : null }}
        />
      </Section>
    </Page>
  )
}

/** Who may not publish goes on with a draft, and leaves one that was handed over to a manager. */
function forDelegate(kind: OwnerKind): OwnerKind | 'draft-of-delegate' | 'draft-with-manager' {
  if (kind === 'draft-to-publish') return 'draft-of-delegate'
  return kind === 'draft-handed-over' ? 'draft-with-manager' : kind
}
