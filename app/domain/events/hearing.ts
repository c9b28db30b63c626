import { isWithin } from '#app/domain/divisions/division.ts'

/** How far an event is heard: by the authority whose own it is, by authorities over its division, or by those under a list. */
export const AUDIENCES = ['own', 'division', 'list'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Whose event it is and where it happened. `authorityId` is the authority of its case, where it has one. */
export type Scope = { audience: Audience; authorityId: string | null; divisionCode: string | null; subject: string; caseNumber: string | null }

/** The authority that listens. */
export type Hearer = { organisationId: string; divisionCode: string }

/**
 * The one rule of who hears what outside. An authority hears what is its own: its cases, its demands, and tenders that were
 * opened for its cases. Of others it hears what is public: tenders in its division, and lists that are in force there.
 * Its twin in SQL stands in db/repositories/feed-events.ts.
 */
export function mayHear({ organisationId, divisionCode }: Hearer, scope: Scope): boolean {
  if (isOwn({ organisationId }, scope)) return true
  if (scope.audience === 'division') return isWithin(scope.divisionCode!, divisionCode)
  return scope.audience === 'list' && isWithin(divisionCode, scope.divisionCode!)
}

/** What the event is about, to this hearer: the case by its number where it is the hearer's own, else the thing itself. A foreign case's number is never said. */
export function subjectFor(hearer: Pick<Hearer, 'organisationId'>, scope: Scope): string {
  return isOwn(hearer, scope) && scope.caseNumber !== null ? scope.caseNumber : scope.subject
}

function isOwn({ organisationId }: Pick<Hearer, 'organisationId'>, { authorityId }: Scope): boolean {
  return authorityId !== null && authorityId === organisationId
}
