import { useWords } from './locale.tsx'
import { Status } from './status.tsx'

/** How many working days a case has been waiting for its applicant. */
export function SupplementDays({ of: { used, isOverdue } }: { of: { used: number; isOverdue: boolean } }) {
  const words = useWords().clock.supplement
  return <>{words.waits(used)}{isOverdue ? <> <Status tone="refused">{words.overdue}</Status></> : null}</>
}
