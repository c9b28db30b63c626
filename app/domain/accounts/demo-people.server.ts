import type { Database } from '../context.ts'
import { findDemoPerson, listDemoPeople, type DemoPerson } from '#db/repositories/demo-people.ts'
import type { SignInProvider } from './sign-in-provider.ts'

export type { DemoPerson }

/** The row of people whom the demo's sign-in page shows; nobody outside the demo. */
export async function demoPeople(db: Database, { demo }: { demo: boolean }): Promise<DemoPerson[]> {
  return demo ? listDemoPeople(db) : []
}

/** One click is the proof, and only where the configuration says that this is the demo. */
export function demoAccounts({ demo }: { demo: boolean }): SignInProvider<{ accountId: string }> {
  return {
    name: 'demo',
    identify: async (db, { accountId }) => (demo ? ((await findDemoPerson(db, accountId)) ?? null) : null),
  }
}
