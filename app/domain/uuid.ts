const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Ids that arrive in an address may be anything; what is none is not asked of the database, which would refuse its form. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
