import type { Role } from '#app/domain/accounts/actor.ts'
import { can } from '#app/domain/accounts/actor.ts'
import type { Permission } from '#app/domain/accounts/permissions.ts'
import { paths } from '#app/paths.ts'
import type { FrameData } from './frame.tsx'
import { useWords } from './locale.tsx'

type Place = { key: string; href: string; needs?: Permission }

/** A function, so that a browser with the runtime, whose frame is the server's, is sent neither it nor every path. */
const placesByRole = (): Record<Role, readonly Place[]> => ({
  agency: [
    { key: 'desk', href: paths.agencyDesk() },
    { key: 'offerings', href: paths.offerings(), needs: 'offer:service' },
    { key: 'profile', href: paths.agencyProfile(), needs: 'keep:agency' },
    { key: 'qualifications', href: paths.agencyQualifications(), needs: 'keep:agency' },
    { key: 'practitioners', href: paths.agencyPractitioners(), needs: 'keep:agency' },
    { key: 'tenders', href: paths.tenders() },
    { key: 'inquiries', href: paths.inquiries(), needs: 'reply:inquiry' },
  ],
  owner: [
    { key: 'desk', href: paths.ownerDesk() },
    { key: 'projects', href: paths.projects(), needs: 'register:project' },
    { key: 'cases', href: paths.cases(), needs: 'see:case' },
    { key: 'tenders', href: paths.ownTenders(), needs: 'draft:tender' },
    { key: 'newTender', href: paths.newTender(), needs: 'draft:tender' },
    { key: 'inquiries', href: paths.inquiries(), needs: 'reply:inquiry' },
    { key: 'openingKey', href: paths.openingKey(), needs: 'hold:key' },
  ],
  authority: [
    { key: 'desk', href: paths.authorityDesk() },
    { key: 'cases', href: paths.cases(), needs: 'see:case' },
    { key: 'newDemand', href: paths.newDemand(), needs: 'record:demand' },
    { key: 'turnedAway', href: paths.turnedAway(), needs: 'tell:turned-away' },
    { key: 'inquiries', href: paths.inquiries(), needs: 'reply:inquiry' },
    { key: 'openingKey', href: paths.openingKey(), needs: 'hold:key' },
  ],
  regulator: [
    { key: 'desk', href: paths.regulatorDesk() },
    { key: 'demands', href: paths.demands(), needs: 'see:demands' },
    { key: 'cases', href: paths.cases(), needs: 'see:case' },
    { key: 'words', href: paths.words(), needs: 'decide:words' },
    { key: 'leads', href: paths.leads(), needs: 'see:leads' },
    { key: 'inquiries', href: paths.inquiries(), needs: 'read:inquiries' },
    { key: 'patterns', href: paths.patterns(), needs: 'see:leads' },
    { key: 'sanctions', href: paths.sanctions(), needs: 'record:sanction' },
    { key: 'openingKey', href: paths.openingKey(), needs: 'hold:key' },
    { key: 'governance', href: paths.governance() },
    { key: 'credit', href: paths.gradeAgency(), needs: 'grade:agency' },
    { key: 'exchange', href: paths.exchange(), needs: 'check:exchange' },
    { key: 'find', href: paths.find(), needs: 'look:up' },
  ],
  operator: [
    { key: 'desk', href: paths.operatorDesk() },
    { key: 'agencies', href: paths.agencyQueue(), needs: 'check:agency' },
    { key: 'imports', href: paths.imports(), needs: 'import:agencies' },
    { key: 'find', href: paths.find(), needs: 'look:up' },
    { key: 'events', href: paths.eventTraffic(), needs: 'see:operation' },
    { key: 'clients', href: paths.clients(), needs: 'keep:api-client' },
    { key: 'exchange', href: paths.exchange(), needs: 'check:exchange' },
    { key: 'outages', href: paths.outages(), needs: 'claim:outage' },
    { key: 'calendar', href: paths.calendar(), needs: 'keep:calendar' },
    { key: 'disputes', href: paths.disputes(), needs: 'settle:project' },
    { key: 'parts', href: paths.parts(), needs: 'see:operation' },
  ],
  judge: [{ key: 'desk', href: paths.judgeDesk() }],
})

/** The desk first, then what has come in, then the rest. */
function placesOf(role: Role): Place[] {
  const [desk, ...others] = placesByRole()[role]
  return [desk!, { key: 'inbox', href: paths.inbox(), needs: 'read:inbox' }, ...others]
}

/** The role's own way around; what the permission table denies is not offered. */
export function DeskNavigation({ member, path }: { member: NonNullable<FrameData['member']>; path: string }) {
  const { frame: words, keys: { own: { title: openingKey } } } = useWords()
  const here = path.split('?')[0]
  const actor = { kind: 'member', role: member.role, duty: member.duty } as const
  const places: Record<string, string> = { ...words.desks[member.role].places, inbox: words.inbox, openingKey }
  return (
    <nav className="desk-bar" aria-label={words.desks[member.role].name}>
      <div className="wrap frame-bar">
        <div className="nav">
          {placesOf(member.role).filter(({ needs }) => !needs || can(actor, needs)).map(({ key, href }) => (
            <a key={key} href={href} aria-current={here === href ? 'page' : undefined}>
              {places[key]}
            </a>
          ))}
          <a href={paths.sessions()} aria-current={here === paths.sessions() ? 'page' : undefined}>
            {words.sessions}
          </a>
        </div>
        <p className="small muted">{member.name === member.organisation ? member.name : words.signedInAs(member.name, member.organisation)}</p>
      </div>
    </nav>
  )
}
