import type { Words } from '../zh.ts'
import { pages } from './guard-pages.ts'

type P = Record<string, string | number>

const DESIGNATIONS: Record<string, string> = {
  named: 'Naming one agency',
  'short-list': 'Offering only a few agencies to choose from',
  'local-only': 'Accepting local agencies only',
  'pre-printed': 'Printing an agency into forms, contracts or a system beforehand',
  'one-seal-only': "Accepting documents under one agency's seal only",
}
const ASSESSMENTS: Record<string, string> = {
  'soil-and-water': 'soil and water conservation', 'geological-hazard': 'geological hazards', 'mineral-deposits': 'mineral deposits', environment: 'environmental impact', flood: 'flood impact',
  'water-resources': 'water resources', energy: 'energy conservation', earthquake: 'seismic safety', climate: 'climatic feasibility', heritage: 'heritage and archaeology',
}
const of = (names: Record<string, string>, key: string | number | undefined) => names[String(key)] ?? String(key)
const quoted = (name: string | number | undefined) => (name ? `“${name}”` : '')

export const guard: Words['guard'] = {
  designations: DESIGNATIONS,
  reasons: {
    'off-list': 'This service is not on the list. What is not on the list may not be demanded by any office in any form.',
    'not-in-force-on-date': (p: P) => (p.until ? `On ${p.day} it was not on the list: it was in force from ${p.from} until ${p.until} (that day not included).` : `On ${p.day} it was not yet on the list: it is in force from ${p.from}.`),
    'item-cancelled': (p: P) => `The approval that it served was cancelled on ${p.day}. A cancelled approval may not return as a service.`,
    'voluntary-only': (p: P) => `${quoted(p.name)} is a market service that owners buy if they wish. Nobody may demand it.`,
    'basis-insufficient': (p: P) => (p.bases ? `The basis that the list records (${p.bases}) is not a law, regulation or State Council decision in force; it cannot carry a condition of approval.` : 'The list records no law, regulation or State Council decision as basis, so it cannot be a condition of approval.'),
    'not-for-this-approval-item': (p: P) => `The list does not name this service for ${quoted(p.item)}; it may not be demanded for it.`,
    'material-not-relevant': (p: P) => `The document ${quoted(p.material)} has nothing to do with ${quoted(p.item)} and may not be required for it.`,
    'wrong-commissioner': 'This is technical work inside the approval: the office commissions and pays for it itself and may not pass it on to the applicant.',
    'not-triggered-by-project': 'What is known of this project does not call for this service.',
    'covered-by-regional-assessment': (p: P) => `The area has a regional assessment of ${of(ASSESSMENTS, p.assessment)}; single projects in it are not asked again.`,
    'valid-deliverable-on-file': (p: P) => (p.until ? `A result that is valid until ${p.until} is on file; another may not be required.` : 'A valid result is on file; another may not be required.'),
    'merged-service': (p: P) => `It has been merged into ${quoted(p.name)} and may not be demanded separately.`,
    'duplicate-of-listed': (p: P) => `It is the same as ${quoted(p.name)} on the list; one service may not be split into several demands.`,
    'commitment-route-chosen': 'The applicant chose the commitment route; the document is not required on acceptance.',
    'may-self-prepare': 'The document may be required, but the applicant may prepare it; whether to commission an agency is the applicant’s choice.',
    'designated-agency': (p: P) => `${of(DESIGNATIONS, p.kind)}${p.agency ? ` (${p.agency})` : ''} designates an agency, openly or in disguise.`,
    'agency-of-authority': (p: P) => `${p.agency ? quoted(p.agency) : 'The agency'} is the approving office itself or a body under it and may not serve the office's own approvals.`,
  },
  verdictLeads: {
    allowed: 'This demand agrees with the list of that day.',
    refused: 'This demand does not agree with the list of that day. The demand is refused, not your document: one that you prepared yourself and that meets the rules must be accepted.',
    'needs-facts': 'The facts of the project named below are still missing. Until they are known, it may not be demanded.',
  },
  materialTitle: 'The document',
  commissioningTitle: 'Commissioning an agency',
  material: { 'may-be-required': 'may be required', 'may-not-be-required': 'may not be required' },
  commissioning: { 'may-be-required': 'may be required', 'applicants-choice': 'is the applicant’s choice', 'may-not-be-required': 'may not be required' },
  alternatives: { 'self-prepare': 'Prepare it yourself', marketplace: 'Choose an agency in public, if you wish', 'free-download': 'Download it free', 'nothing-needed': 'Nothing is needed' },
  alternativeTexts: {
    'self-prepare': 'A document that meets the rules is accepted, whoever wrote it.',
    marketplace: 'Buy it here in public; the agency is your choice.',
    'free-download': 'A finished result is there to be used.',
    'nothing-needed': 'If they insist, you can tell the regulator.',
  },
  routes: {
    marketplace: 'to be bought on the marketplace',
    free: 'free to choose',
    exempt: 'exempt from procurement procedures',
    'central-catalogue': 'central procurement',
    'government-procurement': 'government procurement',
    'mandatory-tender': 'a tender required by law',
  },
  ...pages,
  refusals: {
    required: 'Please fill this in.',
    'too-long': 'This is too long; please shorten it.',
    demanded: 'Please give exactly one: a listing code as item, a document code as material, or the words used as text.',
    'named-agency': "Please give the agency's name or unified code; leave it empty if none was named.",
    commissioner: 'Please say who is to commission: applicant or authority.',
    day: 'Please give a day that exists, such as 2026-11-22.',
    'day-ahead': (p) => `That day has not come yet. Today is ${p.day}; only the list of today and of earlier days can be asked.`,
    'not-your-authority': 'Demands can be made in the name of your own authority only: authority must be its unified code.',
    'still-running': 'A request with the same Idempotency-Key is still being answered. Please fetch the answer in a moment.',
    'other-request': 'This Idempotency-Key has answered another request. Please use a fresh one.',
    'unknown-field': 'There is no field of this name; please check it.',
    'idempotency-key': 'Please send an Idempotency-Key header: a fresh value of 1 to 255 signs, such as "8e03978e-40d5-43dd-bc93-6894a57f9324".',
    'malformed-json': 'The content is not correct JSON.',
    'json-too-deep': 'The JSON is nested too deeply.',
    'not-an-object': 'The content must be one JSON object.',
    'not-json': 'Please send Content-Type: application/json.',
    'too-large': 'A request may have 1 MB at most.',
    'token-needed': 'Please fetch a token at /oauth/token and send it as Authorization: Bearer. It is good for ten minutes.',
    'bad-token': 'The token is wrong or has run out. Please fetch a new one.',
    'scope-missing': (p) => `This token does not have the scope ${p.scope}.`,
    'wrong-method': (p) => `This address supports ${p.allowed} only.`,
    'no-such-decision': 'There is no such decision.',
    'not-listed-today': (p) => `${p.code} is not on the list on ${p.day}; a notice for it cannot be published.`,
    'other-wording': (p) => `The list has reworded this service (from ${p.day}). Please check and save the draft again.`,
    'route-mandatory-tender': (p) => `Purchases of this kind add up to CNY ${p.sum} this year and reach the threshold of a tender required by law (CNY ${p.limit}). It cannot be bought here.`,
    'route-government-procurement': (p) => `Purchases of this kind add up to CNY ${p.sum} this year and reach the procurement limit (CNY ${p.limit}). It must go through government procurement; splitting it changes nothing.`,
    'route-central-catalogue': 'This kind of service is in the central procurement catalogue and is bought by the central procurement body.',
    'route-exempt': 'This purchase is exempt from procurement procedures and need not be published here.',
  },
}
