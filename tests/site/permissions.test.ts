import { expect } from 'vitest'
import { can, VISITOR } from '#app/domain/accounts/actor.ts'
import { API_RULES, EVERYBODY, type Rule } from '#tests/support/route-rules.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { fillPattern, routePatterns } from '#tests/support/route-patterns.ts'
import { callers, cookieOf, test, type Caller, type Person, type World } from '#tests/support/world.ts'

/** Every URL of the house. What is missing here, or stands here and nowhere else, fails the first test. */
const RULES: Record<string, Rule> = {
  '/': EVERYBODY,
  '/language': { may: 'everybody', status: '302 /' },
  '/search': EVERYBODY,
  '/search/suggest': EVERYBODY,
  '/catalogue': EVERYBODY,
  '/catalogue/versions': EVERYBODY,
  '/catalogue/differences': EVERYBODY,
  '/catalogue/files/:file': { ...EVERYBODY, fill: () => 'catalogue.json' },
  '/catalogue/proposals': EVERYBODY,
  '/catalogue/proposals/:number': { ...EVERYBODY, fill: ({ proposal }) => proposal },
  '/catalogue/proposals/:number/:file': { ...EVERYBODY, fill: ({ proposal }, name) => (name === 'file' ? 'proposal.json' : proposal) },
  '/catalogue/:code': { ...EVERYBODY, fill: ({ listing }) => listing },
  '/catalogue/:code/qr.svg': { ...EVERYBODY, fill: ({ listing }) => listing },
  '/approval-items': EVERYBODY,
  '/approval-items/:code': { ...EVERYBODY, fill: ({ approvalItem }) => approvalItem },
  '/ask': EVERYBODY,
  '/decisions/:id': { ...EVERYBODY, fill: ({ decision }) => decision },
  '/tenders': EVERYBODY,
  '/tenders/:number': { ...EVERYBODY, fill: ({ tender }) => tender },
  '/tenders/:number/bundle.json': { may: 'everybody', status: 404, fill: ({ tender }) => tender },
  '/tenders/:number/archive.zip': { may: 'everybody', status: 409, fill: ({ tender }) => tender },
  '/tenders/:number/questions': { ...EVERYBODY, fill: ({ tender }) => tender },
  '/tenders/:number/award': { ...EVERYBODY, fill: ({ tender }) => tender },
  '/tenders/:number/contract': { ...EVERYBODY, fill: ({ tender }) => tender },
  '/tenders/:number/deliverable': { ...EVERYBODY, fill: ({ tender }) => tender },
  '/contracts/:id/file': { may: 'everybody', status: 404, fill: () => '00000000-0000-4000-8000-000000000000' },
  '/deliverables/:id/file': { may: 'everybody', status: 404, fill: () => '00000000-0000-4000-8000-000000000000' },
  '/tenders/:number/pick': { may: 'draft:tender', of: 'owner', fill: ({ tender }) => tender },
  '/tenders/:number/decline': { may: 'decline:award', fill: ({ tender }) => tender },
  '/tenders/:number/republish': { may: 'draft:tender', of: 'owner', fill: ({ tender }) => tender },
  '/tenders/:number/change': { may: 'change:tender', of: 'owner', fill: ({ tender }) => tender },
  '/tenders/:number/suspend': { may: 'suspend:tender', fill: ({ tender }) => tender },
  '/tenders/:number/objections': { ...EVERYBODY, fill: ({ tender }) => tender },
  '/tenders/:number/witnesses': { ...EVERYBODY, fill: ({ tender }) => tender },
  '/availability': EVERYBODY,
  '/tenders/:number/bid': { may: 'submit:bid', fill: ({ tender }) => tender },
  '/tenders/:number/keys': { may: 'hold:key', status: 404, fill: ({ tender }) => tender },
  '/tenders/:number/keys/envelopes.json': { may: 'hold:key', status: 404, fill: ({ tender }) => tender },
  '/tenders/:number/judges': { may: 'invite:judge', status: 404, fill: ({ tender }) => tender },
  '/tenders/:number/explain': { may: 'explain:quote', fill: ({ tender }) => tender },
  '/tenders/:number/auction': { ...EVERYBODY, fill: ({ auction }) => auction },
  '/tenders/:number/auction/events': { may: 'everybody', status: 404, fill: ({ tender }) => tender },
  '/tenders/:number/auction/quote': { may: 'submit:bid', fill: ({ auction }) => auction },
  '/bids/:id/receipt.txt': { may: 'submit:bid', of: 'agency', fill: ({ bid }) => bid },
  '/results': EVERYBODY,
  '/agencies': EVERYBODY,
  '/agencies/:uscc': { ...EVERYBODY, fill: ({ uscc }) => uscc },
  '/agencies/files/:file': { ...EVERYBODY, fill: () => 'agencies.json' },
  '/credit': EVERYBODY,
  '/supervision': EVERYBODY,
  '/supervision/files/:file': { ...EVERYBODY, fill: () => 'service-times.json' },
  '/open-data': EVERYBODY,
  '/accessibility': EVERYBODY,
  '/about': EVERYBODY,
  '/verify': EVERYBODY,
  '/ledger': EVERYBODY,
  '/ledger/entries/:id': { ...EVERYBODY, fill: ({ entry }) => entry },
  '/ledger/entries/:id/proof.json': { ...EVERYBODY, status: 404, fill: ({ entry }) => entry },
  '/ledger/stories/:subject': { ...EVERYBODY, fill: ({ tender }) => tender },
  '/ledger/consistency': EVERYBODY,
  '/ledger/checkpoint': EVERYBODY,
  '/ledger/tile/*': { ...EVERYBODY, fill: () => '0/000.p/1' },
  '/ledger/payload/:hash': { ...EVERYBODY, fill: ({ payload }) => payload },
  '/.well-known/mingdan-keys.json': EVERYBODY,
  '/sign-in': EVERYBODY,
  '/sign-out': { may: 'everybody', status: '302 /' },
  '/register': EVERYBODY,
  '/account/kept-form': { may: 'members' },
  '/register/agency/check': { may: 'everybody', status: '302 /register?as=agency' },
  '/register/agency/:step': { may: 'everybody', status: '302 /register?as=agency', fill: () => 'organisation' },
  '/account/opening-key': { may: 'hold:key' },
  '/account/sessions': { may: 'members' },
  '/inbox': { may: 'read:inbox' },
  '/inbox/:id': { may: 'read:inbox', status: 404, fill: () => '999999999' },
  '/agency': { may: 'offer:service' },
  '/agency/offerings': { may: 'offer:service' },
  '/agency/offerings/new': { may: 'offer:service' },
  '/agency/offerings/:id': { may: 'offer:service', of: 'agency', fill: ({ offering }) => offering },
  '/agency/profile': { may: 'keep:agency' },
  '/agency/qualifications': { may: 'keep:agency' },
  '/agency/practitioners': { may: 'keep:agency' },
  '/agency/documents/:id': { may: 'everybody', status: 404, fill: () => '00000000-0000-4000-8000-000000000000' },
  '/owner': { may: 'register:project' },
  '/owner/projects': { may: 'register:project' },
  '/owner/projects/new': { may: 'register:project' },
  '/owner/projects/:code': { may: 'register:project', of: 'owner', fill: ({ project }) => project },
  '/owner/projects/:code/facts': { may: 'register:project', of: 'owner', fill: ({ project }) => project },
  '/owner/tenders': { may: 'draft:tender' },
  '/owner/tenders/new': { may: 'draft:tender' },
  '/owner/tenders/:id': { may: 'draft:tender', of: 'owner', fill: ({ draft }) => draft },
  '/owner/tenders/:id/edit': { may: 'draft:tender', of: 'owner', fill: ({ draft }) => draft },
  '/owner/tenders/:id/preview': { may: 'draft:tender', of: 'owner', fill: ({ draft }) => draft },
  '/supervision/violations': EVERYBODY,
  '/report': EVERYBODY,
  '/report/follow': EVERYBODY,
  '/documents/turned-away': { may: 'tell:turned-away' },
  '/inquiries': { may: 'read:inquiries' },
  '/inquiries/:number': { may: 'read:inquiries', of: ['authority', 'regulator'], fill: ({ inquiry }) => inquiry },
  '/evidence/:id': { may: 'read:inquiries', status: 404, fill: ({ decision }) => decision },
  '/authority/demands/:id/uphold': { may: 'uphold:demand', of: 'authority', fill: ({ upheld }) => upheld },
  '/regulator/leads/open': { may: 'open:inquiry' },
  '/regulator/words': { may: 'decide:words' },
  '/regulator/words/:id': { may: 'decide:words', fill: ({ words }) => words },
  '/regulator/patterns': { may: 'see:leads' },
  '/api/v1/guard/decisions/:id/uphold': { may: 'everybody', status: 405, fill: ({ upheld }) => upheld },
  '/judge': { may: 'judge:tender' },
  '/judge/:number': { may: 'judge:tender', status: 404, fill: ({ tender }) => tender },
  '/authority': { may: 'see:own-demands' },
  '/authority/demands/new': { may: 'record:demand' },
  '/authority/cases/new': { may: 'keep:case' },
  '/authority/cases/:id': { may: 'keep:case', of: 'authority', fill: ({ case: id }) => id },
  '/cases': { may: 'see:case' },
  '/cases/:id': { may: 'see:case', fill: ({ case: id }) => id, of: ['owner', 'authority', 'regulator'] },
  '/projects/:code/approvals': { may: 'see:case', fill: ({ project }) => project, of: ['owner', 'authority', 'regulator'] },
  '/regulator': { may: 'see:demands' },
  '/regulator/demands': { may: 'see:demands' },
  '/regulator/lottery/:number': { may: 'read:lottery', status: 404, fill: ({ tender }) => tender },
  '/regulator/credit': { may: 'grade:agency' },
  '/regulator/leads': { may: 'see:leads' },
  '/regulator/sanctions': { may: 'record:sanction' },
  '/regulator/catalogue': { may: 'propose:listing' },
  '/regulator/catalogue/new': { may: 'propose:listing' },
  '/regulator/catalogue/import': { may: 'propose:listing' },
  '/regulator/catalogue/drafts/:id': { may: 'propose:listing', fill: ({ listDraft }) => listDraft },
  '/regulator/catalogue/drafts/:id/wording': { may: 'propose:listing', fill: ({ listDraft }) => listDraft },
  '/regulator/catalogue/proposals/:number': { may: 'propose:listing', fill: ({ proposal }) => proposal },
  '/operator': { may: 'see:operation' },
  '/operator/agencies': { may: 'check:agency' },
  '/operator/agencies/:uscc': { may: 'check:agency', fill: ({ uscc }) => uscc },
  '/operator/imports': { may: 'import:agencies' },
  '/operator/imports/:id': { may: 'import:agencies', fill: ({ register }) => register },
  '/operator/imports/:id/:file': { may: 'import:agencies', fill: ({ register }, name) => (name === 'file' ? 'report.csv' : register) },
  '/operator/clients': { may: 'keep:api-client' },
  '/operator/clients/:id': { may: 'keep:api-client', fill: ({ client }) => client },
  '/operator/disputes': { may: 'settle:project' },
  '/operator/disputes/:code': { may: 'settle:project', fill: ({ disputed }) => disputed },
  '/operator/calendar': { may: 'keep:calendar' }, '/operator/outages': { may: 'claim:outage' },
  '/operator/events': { may: 'see:operation' },
  '/operator/events/:id': { may: 'see:operation', fill: ({ delivery }) => delivery },
  '/operator/exchange': { may: 'check:exchange' },
  '/operator/exchange/codes': { may: 'name:national-code' },
  '/operator/exchange/files/:file': { may: 'check:exchange', fill: () => 'exchange.xlsx' },
  '/operator/find': { may: 'look:up' },
  '/operator/parts': { may: 'see:operation' },
  ...API_RULES,
  '/*': { may: 'everybody', status: 404, fill: () => 'nowhere' },
}

test('every URL of the house has its row in this table, and no row stands for nothing', () => {
  expect(Object.keys(RULES).sort()).toEqual(routePatterns().map(({ pattern }) => pattern).sort())
})

test('every URL opens to whom the permission table lets, and to nobody else', async ({ site, world }) => {
  const who = await callers(site, world)
  const seen: string[] = []
  const expected: string[] = []
  for (const [pattern, rule] of Object.entries(RULES)) {
    const path = fillPattern(pattern, (name) => encodeURIComponent(rule.fill!(world.ids, name)).replaceAll('%2F', '/'))
    await Promise.all(
      who.map(async ({ name, headersFor }) => {
        const { status, headers } = await rawRequest(site.address, { method: 'GET', path, headers: { accept: 'text/html', ...(await headersFor(pattern)) } })
        seen.push(`${pattern} ${name} ${status === 302 ? `302 ${headers.location}` : status}`)
        expected.push(`${pattern} ${name} ${expectedFor(rule, name, world, path)}`)
      }),
    )
  }
  expect(seen.sort()).toEqual(expected.sort())
})

/** A visitor is sent to sign in and comes back; the wrong role gets 403; who has the role and not the thing gets 404. */
function expectedFor({ may, of, status = 200 }: Rule, name: Caller['name'], { people }: World, path: string): string {
  if (may === 'everybody') return String(status)
  if (name === 'visitor') return `302 /sign-in?next=${encodeURIComponent(path).replaceAll('%20', '+')}`
  if (may === 'members') return String(status)
  const member = people[name as Person]
  if (!can(member, may)) return '403'
  return of === undefined || [of].flat().some((owner) => owner === name || member.organisationId === people[owner].organisationId) ? String(status) : '404'
}

test('a right is read from the membership and not from the session: who lost it is out at once', async ({ site, world }) => {
  const member = world.people.delegate
  const cookie = await cookieOf(site, member)
  const ask = async () => (await rawRequest(site.address, { method: 'GET', path: '/owner', headers: { cookie } })).status
  expect(await ask()).toBe(200)
  await site.database.owner('memberships').where({ account_id: member.accountId }).update({ until: new Date() })
  expect(await ask()).toBe(302)
})

test('the permission table gives nothing to whoever is not signed in', () => {
  for (const { may } of Object.values(RULES)) if (may !== 'everybody' && may !== 'members') expect(can(VISITOR, may)).toBe(false)
})
