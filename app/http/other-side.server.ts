import { theServices } from './services.server.ts'

/** A page of the case system that the demo started beside; null wherever there is none, and in every deployment. */
export function otherSide(path: string): string | null {
  const { caseSystemUrl } = theServices().config
  return caseSystemUrl && caseSystemUrl + path
}
