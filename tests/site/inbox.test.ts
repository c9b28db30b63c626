import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { openSession } from '#app/domain/accounts/open-session.server.ts'
import { transact } from '#db/client.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { as } from '#tests/support/people.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import type { Visitor } from '#tests/support/visitor.ts'

const test = standingSite({ demo: true, worker: true })

/** Waits until the worker has told everybody of what the demo began with. */
async function told({ database }: Site): Promise<void> {
  for (let patience = 100; ; patience--) {
    const [{ count }] = (await database.owner('outbox_pending').where({ reader: 'inbox' }).count()) as [{ count: number }]
    if (Number(count) === 0) return
    expect(patience).toBeGreaterThan(0)
    await sleep(200)
  }
}

async function readAll(person: Visitor): Promise<void> {
  const [, upTo] = /name="upTo" value="(\d+)"/.exec((await person.get('/inbox')).text) ?? []
  if (upTo) await person.post('/inbox', { upTo })
}

/** Something that the managers of this person's organisation are told of. */
async function invite({ database }: Site, signInName: string): Promise<void> {
  const member = (await database.owner('credentials').join('memberships', 'memberships.account_id', 'credentials.account_id').where({ sign_in_name: signInName }).first('organisation_id', 'role')) as { organisation_id: string; role: string }
  await transact(database.owner, (trx) => insertEvent(trx, { type: 'marketplace.delegate.invited.v1', subject: 'test', data: { organisation: member.organisation_id, role: member.role }, at: new Date(), traceId: '0' }))
}

const unread = (text: string) => Number(/>(\d+) 条未读</.exec(text)?.[1] ?? 0)
const messagesIn = (text: string) => [...text.matchAll(/href="(\/inbox\/\d+)"[^>]*data-no-prefetch/g)].map(([, href]) => href!)

/** The address of the newest message that says this. */
const messageAbout = (text: string, words: string) => messagesIn(text.split('<li').find((line) => line.includes(words))!)[0]!

test('the worker tells, the frame counts, opening leads to the thing and counts it off, for this account alone', async ({ site }) => {
  await told(site)
  const agency = await as(site, 'agency1')
  await readAll(agency)
  for (let times = 0; times < 2; times++) await invite(site, 'agency1')
  await told(site)
  // The demo's tender goes on meanwhile and may tell of itself too, so the messages are counted by what they say.
  const { text } = await agency.get('/inbox?show=unread')
  expect(text.split('本单位发出了一份受托人邀请（中介机构）').length - 1).toBeGreaterThanOrEqual(2)
  expect(unread(text)).toBeGreaterThanOrEqual(2)
  const first = messageAbout(text, '本单位发出了一份受托人邀请')
  const opened = await agency.send(first, {})
  expect([opened.status, opened.location]).toEqual([303, '/account/sessions'])
  expect(unread((await agency.get('/agency')).text)).toBeGreaterThanOrEqual(1)
  expect((await agency.get('/inbox?show=unread')).text).not.toContain(`href="${first}"`)
})

test('a browser that fetches ahead reads nothing, and the rules tell it not to', async ({ site }) => {
  const owner = await as(site, 'owner')
  await readAll(owner)
  await invite(site, 'owner')
  await told(site)
  const { text } = await owner.get('/inbox')
  const [first] = messagesIn(text)
  const ahead = await fetch(new URL(first!, site.address), { redirect: 'manual', headers: { 'sec-purpose': 'prefetch', accept: 'text/html', cookie: await cookieFor(site, 'owner') } })
  expect([ahead.status, ahead.headers.get('location')]).toEqual([302, '/inbox'])
  expect((await owner.get('/inbox?show=unread')).text).toContain(`href="${first}"`)
  const rules = JSON.parse(/<script type="speculationrules"[^>]*>([^<]+)</.exec(text)![1]!) as { prefetch: [{ where: { and: { not?: { href_matches?: string } }[] } }] }
  expect(rules.prefetch[0].where.and.map(({ not }) => not?.href_matches ?? '').filter((href) => href.includes('inbox'))).toHaveLength(2)
})

test('all is marked as read by one form, and the empty inbox says what to do', async ({ site }) => {
  await invite(site, 'agency2')
  await told(site)
  const person = await as(site, 'agency2')
  const { text } = await person.get('/inbox')
  expect(text).toContain('未读')
  const upTo = /name="upTo" value="(\d+)"/.exec(text)![1]!
  expect((await person.post('/inbox', { upTo: 'x' })).status).toBe(422)
  const done = await person.post('/inbox', { upTo })
  expect([done.status, done.location]).toEqual([303, '/inbox?done=read'])
  const again = (await person.get('/inbox?done=read')).text
  expect(again).toContain('已全部标为已读')
  expect(unread(again)).toBe(0)
  expect((await person.get('/inbox?show=unread')).text).toContain('没有未读消息')
})

test('another organisation’s message is no page, whatever is asked for it', async ({ site }) => {
  await told(site)
  const [mine] = messagesIn((await (await as(site, 'agency1')).get('/inbox')).text)
  for (const name of ['owner', 'agency2', 'regulator', 'operator']) {
    const stranger = await as(site, name)
    for (const address of [mine!, '/inbox/0', '/inbox/-1', '/inbox/1e3', '/inbox/99999999999999999999', `/inbox/${'9'.repeat(15)}`, '/inbox/x']) {
      const { status } = await stranger.get(address)
      expect(status, `${name} ${address}`).toBe(404)
    }
  }
  await invite(site, 'agency4')
  await told(site)
  const stranger = await as(site, 'agency3')
  await stranger.post('/inbox', { upTo: String(Number.MAX_SAFE_INTEGER) })
  expect(messagesIn((await (await as(site, 'agency4')).get('/inbox?show=unread')).text).length).toBeGreaterThan(0)
})

test('a visitor has no inbox and no count', async ({ site }) => {
  const visitor = site.visitor()
  expect((await visitor.send('/inbox', {})).location).toBe('/sign-in?next=%2Finbox')
  expect((await visitor.send('/inbox/1', {})).location).toBe('/sign-in?next=%2Finbox%2F1')
  expect((await visitor.get('/')).text).not.toContain('条未读')
})

test('every desk begins with what needs its reader today, in both languages', async ({ site }) => {
  for (const [name, desk] of [['owner', '/owner'], ['agency1', '/agency'], ['authority', '/authority'], ['regulator', '/regulator'], ['operator', '/operator']] as const) {
    const person = await as(site, name)
    const zh = (await person.get(desk)).text
    expect(zh.indexOf('今天要办的'), name).toBeGreaterThan(0)
    expect([...zh.matchAll(/<h2>([^<]+)</g)][0]![1], name).toBe('今天要办的')
    const en = await person.get(desk, { 'Accept-Language': 'en' })
    expect(en.text, name).toContain('What needs you today')
  }
})

async function cookieFor(site: Site, signInName: string): Promise<string> {
  const { account_id: accountId } = (await site.database.owner('credentials').where({ sign_in_name: signInName }).first('account_id')) as { account_id: string }
  const { token } = await transact(site.database.owner, (trx) => openSession(trx, { accountId, userAgent: 'test', at: new Date() }))
  return `mingdan-session=${token}`
}
