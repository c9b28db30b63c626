import { setTimeout as sleep } from 'node:timers/promises'
import { openSession } from '#app/domain/accounts/open-session.server.ts'
import { transact } from '#db/client.ts'
import type { Site } from './site.ts'
import type { Visitor } from './visitor.ts'

/** Somebody of the demo, signed in. */
export async function as({ demo, visitor }: Site, signInName: string): Promise<Visitor> {
  const person = visitor()
  await person.signIn(signInName, passwordOf(demo, signInName))
  return person
}

export function passwordOf(demo: Site['demo'], signInName: string): string {
  return demo!.accounts.find(({ signIn }) => signIn.name === signInName)!.signIn.password
}

/** The demo owner's project. */
export async function projectOf({ database }: Site, signInName: string): Promise<string> {
  return (await database.owner('projects').join('credentials', 'credentials.account_id', 'projects.registered_by').where('sign_in_name', signInName).first('code')).code
}

/** The value of a field of a form as the page shows it. */
export function valueIn(text: string, name: string): string {
  const field = new RegExp(`<(?:input|textarea)[^>]*name="${name}"[^>]*>([^<]*)`).exec(text)
  return /value="([^"]*)"/.exec(field![0])?.[1] ?? field![1]!
}

/** A second person of the demo's owner, who may draft and not publish. */
export async function delegateOf(site: Site): Promise<Visitor> {
  const db = site.database.owner
  const manager = await db('memberships').join('credentials', 'credentials.account_id', 'memberships.account_id').where('sign_in_name', 'owner').first('memberships.organisation_id')
  const id = '00000000-0000-4000-8000-00000000d001'
  await db('accounts').insert({ id, display_name: '受托人', locale: 'zh', created_at: new Date() })
  await db('memberships').insert({ account_id: id, organisation_id: manager.organisation_id, role: 'owner', duty: 'delegate', since: new Date('2026-01-01T00:00:00Z') })
  const { token } = await transact(db, (trx) => openSession(trx, { accountId: id, userAgent: 'test', at: new Date() }))
  const person = site.visitor()
  person.cookies.set('mingdan-session', token)
  return person
}

/** Asks again, as a reader would, until it holds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 40_000; Date.now() < end; await sleep(300)) if (await holds()) return
  throw new Error('This did not happen in time.')
}
