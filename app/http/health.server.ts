import { theServices } from './services.server.ts'

export { isAway } from '#db/client.ts'

/** What a program is told while the database is away: when to come again. */
export const COME_AGAIN = { 'Retry-After': '10' }

/** Whether this process can do its work: its database answers within two seconds. */
export async function isReady(): Promise<boolean> {
  try {
    await theServices().db.raw('select 1').timeout(2000)
    return true
  } catch {
    return false
  }
}
