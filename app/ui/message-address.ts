import { KINDS, type Message, type Place } from '#app/domain/notices/message.ts'
import { paths } from '#app/paths.ts'

const ADDRESSES: Record<Place, (subject: string) => string> = {
  case: (id) => paths.case(id),
  approvals: (code) => paths.approvals(code),
  tender: paths.tender,
  contract: (number) => paths.contract(number),
  deliverable: (number) => paths.deliverable(number),
  questions: (number) => paths.questions(number),
  objections: (number) => paths.objections(number),
  witnesses: (number) => paths.witnesses(number),
  outages: () => paths.outages(),
  project: (code) => paths.project(code),
  disputes: paths.dispute,
  'new-project': () => paths.newProject(),
  explain: paths.explain,
  keys: (number) => paths.releaseKeys(number),
  auction: paths.auction,
  pick: paths.pick,
  draft: (id) => paths.draft(id),
  decision: (id) => paths.decision(id),
  listing: (code) => paths.listing(code),
  agency: paths.agency,
  'agency-desk': () => paths.agencyDesk(),
  'agency-profile': () => paths.agencyProfile(),
  'agency-check': paths.checkAgency,
  'authority-desk': () => paths.authorityDesk(),
  'event-traffic': () => paths.eventTraffic(),
  versions: () => paths.catalogueVersions(),
  'own-versions': (division) => paths.catalogueVersions({ division }),
  proposal: (number) => paths.proposal(number),
  'proposal-work': (number) => paths.governProposal(number),
  judge: (number) => paths.judge(number),
  judges: (number) => paths.judges(number),
  people: () => paths.sessions(),
  lead: (lead) => paths.openInquiry({ kind: lead.slice(0, lead.indexOf(':')), key: lead.slice(lead.indexOf(':') + 1) }),
  inquiry: (number) => paths.inquiry(number),
  supervision: () => `${paths.supervision()}#complain`,
}

/** Where a message leads. */
export function addressOf({ kind, subject }: Pick<Message, 'kind' | 'subject'>): string {
  return ADDRESSES[KINDS[kind].place](subject)
}
