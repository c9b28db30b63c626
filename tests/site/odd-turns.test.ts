import { expect } from 'vitest'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { databaseClock } from '#db/client.ts'
import { faultsIn, holds, summaryIn } from '#tests/support/form-page.ts'
import { goodOf, post, rowsOf, test, type Sent } from '#tests/support/form-posts.ts'
import type { FormRow } from '#tests/support/form-row.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import type { Site } from '#tests/support/site.ts'
import { cookieOf, type World } from '#tests/support/world.ts'

const MANY = 20
/** Where each try hashes a password. */
const FEW = 4

test('twenty clicks on one button do one thing, and every other answer says so', async ({ site, world, forms }) => {
  const draft = await aDraft(site, world)
  const act = (act: string): [FormRow, Sent, string] => [{ ...of(forms, 'owner/draft.tsx', 'act'), path: `/owner/tenders/${draft}` }, { act }, act]
  const whole = (route: string, form: string): [FormRow, Sent, string] => [of(forms, route, form), { ...of(forms, route, form).fixed, ...goodOf(of(forms, route, form)) }, form]
  const one: Record<string, number> = {}
  for (const [row, sent, name] of [act('hand-over'), act('publish'), whole('owner/new-project.tsx', 'project'), whole('account/register.tsx', 'delegate'), whole('agency/new-offering.tsx', 'offer'), whole('public/questions.tsx', 'ask'), whole('authority/new-demand.tsx', 'demand'), whole('owner/new-tender.tsx', 'exempt'), whole('agency/decline.tsx', 'decline')]) {
    const before = await rowsOf(site)
    const answers = await Promise.all(Array.from({ length: name === 'delegate' ? FEW : MANY }, () => post(site, row, sent)))
    const after = await rowsOf(site)
    one[name] = Math.max(...['tenders', 'projects', 'accounts', 'offerings', 'tender_questions', 'guard_decisions', 'purchase_exemptions', 'award_declines', 'outbox'].map((table) => after[table]! - before[table]!))
    expect(answers.filter(({ status }) => status >= 500 || status === 200).map(({ status }) => status), name).toEqual([])
    expect(answers.filter(({ status }) => status < 400).length, name).toBeGreaterThan(0)
    for (const { status, body } of answers) if (status >= 400) expect(summaryIn(body).sentences.length + Number(status === 404), `${name} ${status}`).toBeGreaterThan(0)
  }
  // Whoever declines makes way: that is told, and who is awarded next is told too.
  expect(one).toEqual({ 'hand-over': 1, publish: 1, project: 1, delegate: 1, offer: 1, ask: 1, demand: 1, exempt: 1, decline: 2 })
})

test('of twenty bids at once of one agency one stands, and each that was taken has its receipt', async ({ site, forms }) => {
  const row = of(forms, 'agency/bid.tsx', 'bid')
  const answers = await Promise.all(Array.from({ length: MANY }, (_, number) => post(site, row, { ...row.fixed, contribution: String(number), commitment: 'yes' })))
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  const bids: { replaced_at: Date | null; receipt: string }[] = await site.database.owner('bids').join('tenders', 'tenders.id', 'bids.tender_id').where({ number: row.path.split('/')[2] }).select('replaced_at', 'receipt')
  expect(bids.filter(({ replaced_at }) => replaced_at === null)).toHaveLength(1)
  expect(bids).toHaveLength(answers.filter(({ status }) => status === 302).length)
  expect(bids.every(({ receipt }) => receipt.length > 100)).toBe(true)
})

test('what does not fit the state of a thing is refused in words, and changes nothing', async ({ site, world, forms }) => {
  const [discarded, row] = [await aDraft(site, world), of(forms, 'owner/draft.tsx', 'act')]
  const at = (path: string, other: FormRow = row): FormRow => ({ ...other, path })
  expect((await post(site, at(`/owner/tenders/${discarded}`), { act: 'discard' })).status).toBe(302)
  const edit = of(forms, 'owner/edit-draft.tsx', 'check')
  const [ask, answer, bid, decline] = [of(forms, 'public/questions.tsx', 'ask'), of(forms, 'public/questions.tsx', 'answer'), of(forms, 'agency/bid.tsx', 'bid'), of(forms, 'agency/decline.tsx', 'decline')]
  const awarded = decline.path.split('/')[2]
  const published = (await site.database.owner('tenders').where({ number: bid.path.split('/')[2] }).first<{ id: string }>('id'))!.id
  for (let corrections = 0; corrections < 6; corrections++) await post(site, answer, { ...answer.fixed, answer: `由我们组织，第 ${corrections} 次` })
  const before = await rowsOf(site)
  const turns: [FormRow, Sent, number, string][] = [
    [at(`/owner/tenders/${discarded}`), { act: 'publish' }, 409, 'publish what was thrown away'],
    [at(`/owner/tenders/${discarded}`), { act: 'discard' }, 409, 'throw it away again'],
    [at(`/owner/tenders/${discarded}`), { act: 'hand-over' }, 409, 'hand over what was thrown away'],
    [at(`/owner/tenders/${discarded}`), { act: 'republish' }, 409, 'republish what never failed'],
    [at(`/owner/tenders/${discarded}/edit`, edit), { ...edit.fixed, ...goodOf(edit) }, 409, 'change what was thrown away'],
    [at(`/owner/tenders/${published}/edit`, edit), { ...edit.fixed, ...goodOf(edit) }, 409, 'change what is public'],
    [at(`/tenders/${awarded}/bid`, bid), { ...bid.fixed, contribution: '', commitment: 'yes' }, 409, 'bid for what was awarded'],
    [at(`/tenders/${awarded}/bid`, bid), { act: 'withdraw' }, 409, 'take back a bid that was drawn'],
    [at(`/tenders/${awarded}/questions`, ask), { act: 'ask', question: '还能再问一句吗？' }, 409, 'ask after the deadline'],
    [answer, { ...answer.fixed, answer: '再改一次答复' }, 409, 'correct an answer once too often'],
    [decline, { ...goodOf(decline) }, 409, 'decline again'],
    [at(`/tenders/${bid.path.split('/')[2]}/decline`, decline), { ...goodOf(decline) }, 403, 'decline what nobody was awarded'],
  ]
  const said: string[] = []
  for (const [form, sent, status, what] of turns) {
    const { body, status: got } = await post(site, form, sent)
    const { sentences } = summaryIn(body)
    if (got !== status || ![...sentences, ...(status === 403 ? [body] : [])].some((one) => /\p{Script=Han}/u.test(one))) said.push(`${what}: ${got} ${sentences}`)
  }
  expect(said).toEqual([])
  expect(await rowsOf(site)).toEqual(before)
})

test('ids of other organisations, in the address or in a hidden field, open and change nothing', async ({ site, world, forms }) => {
  const { owner: db } = site.database
  const cookies = { owner: await cookieOf(site, world.people.otherOwner), agency: await cookieOf(site, world.people.otherAgency), authority: await cookieOf(site, world.people.otherAuthority) }
  const answer = of(forms, 'public/questions.tsx', 'answer')
  const renew = of(forms, 'agency/qualifications.tsx', 'renew')
  const demand = of(forms, 'authority/new-demand.tsx', 'demand')
  const check = of(forms, 'owner/new-tender.tsx', 'check')
  const session = (await db('sessions').where({ account_id: world.people.owner.accountId }).first<{ id: string }>('id'))!.id
  const document = (await db('agency_documents').first<{ id: string } | undefined>('id'))?.id ?? world.ids.offering
  const before = await rowsOf(site)
  const turns: [string, FormRow, Sent, string, number[]][] = [
    ['answer another owner’s question', answer, { ...answer.fixed, ...goodOf(answer) }, cookies.owner, [403, 404]],
    ['publish another owner’s draft', of(forms, 'owner/draft.tsx', 'act'), { act: 'publish' }, cookies.owner, [404]],
    ['copy another owner’s draft', of(forms, 'owner/draft.tsx', 'act'), { act: 'copy' }, cookies.owner, [404]],
    ['change another owner’s draft', of(forms, 'owner/edit-draft.tsx', 'check'), { ...of(forms, 'owner/edit-draft.tsx', 'check').fixed, ...goodOf(of(forms, 'owner/edit-draft.tsx', 'check')) }, cookies.owner, [404, 422]],
    ['draft for another owner’s project', check, { ...check.fixed, ...goodOf(check), draftId: '11111111-1111-4111-8111-111111111111' }, cookies.owner, [422]],
    ['change another owner’s project', of(forms, 'owner/project-facts.tsx', 'facts'), { 'site.hilly': 'yes' }, cookies.owner, [404]],
    ['exempt another owner’s purchase', of(forms, 'owner/new-tender.tsx', 'exempt'), { ...of(forms, 'owner/new-tender.tsx', 'exempt').fixed, ...goodOf(of(forms, 'owner/new-tender.tsx', 'exempt')), reason: '别人的项目，抢险救灾。' }, cookies.owner, [422]],
    ['end another person’s session', of(forms, 'account/sessions.tsx', 'end'), { intent: 'end', sessionId: session }, cookies.agency, [404]],
    ['end another organisation’s delegation', of(forms, 'account/sessions.tsx', 'end-delegation'), { intent: 'end-delegation', accountId: world.people.delegate.accountId }, cookies.owner, [404]],
    ['withdraw another agency’s offer', of(forms, 'agency/offerings.tsx', 'withdraw'), { offeringId: world.ids.offering }, cookies.agency, [404]],
    ['change another agency’s offer', of(forms, 'agency/edit-offering.tsx', 'offer'), goodOf(of(forms, 'agency/edit-offering.tsx', 'offer')), cookies.agency, [404]],
    ['renew another agency’s certificate', renew, { ...renew.fixed, ...goodOf(renew), number: '另一个号' }, cookies.agency, [404]],
    ['remove another agency’s paper', of(forms, 'agency/profile.tsx', 'remove'), { intent: 'remove', id: document }, cookies.agency, [404]],
    ['decline another agency’s award', of(forms, 'agency/decline.tsx', 'decline'), goodOf(of(forms, 'agency/decline.tsx', 'decline')), cookies.agency, [403]],
    ['demand under another authority’s id', demand, { ...demand.fixed, ...goodOf(demand), decisionId: world.ids.decision }, cookies.authority, [409]],
  ]
  const wrong: string[] = []
  for (const [what, row, sent, cookie, statuses] of turns) {
    const { status } = await post(site, row, sent, { cookie })
    if (!statuses.includes(status)) wrong.push(`${what}: ${status}`)
  }
  expect(wrong).toEqual([])
  expect(await rowsOf(site)).toEqual(before)
})

test('a thing that another tab has replaced keeps what was typed in this one', async ({ site, forms }) => {
  for (const [route, form, name] of [['agency/edit-offering.tsx', 'offer', 'conditions'], ['agency/qualifications.tsx', 'renew', 'issuer']] as const) {
    const row = of(forms, route, form)
    const save = (value: string) => post(site, row, { ...row.fixed, ...goodOf(row), [name]: value })
    expect((await save('第一个窗口写的')).status, route).toBe(302)
    const second = await save('第二个窗口写的')
    expect([second.status >= 400 && second.status < 500, summaryIn(second.body).sentences.length], route).toEqual([true, 1])
    expect(holds(second.body, name, '第二个窗口写的'), route).toBe(true)
  }
})

test('a body that is no form, is huge, or has a method in it is turned away in words', async ({ site, forms }) => {
  const { path, cookie = '' } = of(forms, 'owner/new-project.tsx', 'project')
  const before = await rowsOf(site)
  const send = (type: string, body: string | Buffer, more: Record<string, string> = {}, method = 'POST') => rawRequest(site.address, { method, path, body, headers: { 'content-type': type, accept: 'text/html', 'accept-language': 'zh', origin: site.address, cookie, ...more } })
  const plain = 'application/x-www-form-urlencoded'
  const answers = await Promise.all([
    send(plain, 'x='.repeat(200_000)),
    send(plain, 'a&'.repeat(100_000)),
    send('multipart/form-data; boundary=b', Buffer.alloc(13 * 1024 * 1024, 0x61)).catch(() => ({ status: 413, body: '内容' })),
    send('multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="code"\r\n\r\n1'),
    send('multipart/form-data; boundary=b', `--b\r\nContent-Disposition: form-data; name="code"\r\n\r\n${'水'.repeat(300_000)}\r\n--b--\r\n`),
    send('multipart/form-data; boundary=b', `${'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(150_000)}--b--\r\n`),
    send('multipart/form-data', 'nothing'),
    send('application/json', '{"code":"1"}'),
    send(plain, '_method=DELETE&__proto__[code]=1&constructor.prototype.code=1&code[]=1&code[0]=1'),
    send(plain, 'code=1', { 'x-http-method-override': 'DELETE', 'x-method-override': 'PUT' }),
    send(plain, 'code=1', {}, 'PUT'),
    send(plain, 'code=1', {}, 'DELETE'),
    send(plain, 'code=1', { origin: 'http://evil.example' }),
    send(`${plain}; charset=utf-16`, 'code=1'),
  ])
  expect(answers.map(({ status }) => status)).toEqual([413, 422, 413, 400, 413, 413, 400, 415, 422, 422, 405, 405, 403, 422])
  for (const { body } of answers) expect(body).toMatch(/\p{Script=Han}/u)
  expect(faultsIn(answers[8]!.body).has('code')).toBe(true)
  expect(await rowsOf(site)).toEqual(before)
  expect(site.log()).not.toMatch(/"level":50/)
})

function of(forms: readonly FormRow[], route: string, form: string): FormRow {
  return forms.find((row) => row.route === route && row.form === form)!
}

/** A whole draft of the world's owner. */
async function aDraft({ database, config }: Site, { people, ids }: World): Promise<string> {
  const context = { db: database.app, actor: people.owner, clock: databaseClock, keyring: openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false }), traceId: '0'.repeat(32) }
  const { id } = await draftTender(context, { projectCode: ids.project, listingCode: ids.listing, method: 'random', title: '很多人同时点的草稿', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
  return id
}
