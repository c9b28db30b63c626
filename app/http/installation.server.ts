import { VERSION } from '#app/config.server.ts'
import { theServices } from './services.server.ts'

/** What somebody who reports a flaw has to know of this installation. */
export function thisInstallation(): { version: string; securityContact: string | null } {
  return { version: VERSION, securityContact: theServices().config.securityContact }
}
