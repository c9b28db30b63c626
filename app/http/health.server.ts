import { theServices } from './services.server.ts'

/** Whether this process can do its work: its database answers within two seconds. */
export async function isReady(): Promise<boolean> {
  try {
    await theServices().db.raw('select 1').timeout(2000)
    return true
  } catch {
    return false
  }
}
