import type { TenderStep } from '#app/domain/tenders/tender.ts'
import { seconds, tell, TIMES, type Judge, type Judging, type Model } from './model.ts'

export const sitting = ({ judges }: Judging): Judge[] => judges.filter(({ ended }) => !ended)
export const haveAllMarked = (judging: Judging): boolean => sitting(judging).filter(({ marks }) => marks).length === judging.wanted

const isSilent = ({ marks, reported, dueAt }: Judge, now: number) => !marks && !reported && dueAt !== null && now >= dueAt

/** A silent judge is reported; once all have marked, the sheets are shown when the last of them was due. */
export function judgesOwe(judging: Judging, now: number): TenderStep | null {
  if (sitting(judging).some((judge) => isSilent(judge, now))) return 'report'
  return haveAllMarked(judging) && sitting(judging).every(({ dueAt }) => now >= dueAt!) ? 'reveal' : null
}

export function reportSilent(model: Model): void {
  const silent = sitting(model.judging!).filter((judge) => isSilent(judge, model.now))
  tell(model, 'judge.silent', silent.length)
  for (const judge of silent) judge.reported = true
}

/** From the opening on every judge has the same time. */
export function scoringBegins(model: Model): void {
  for (const judge of model.judging ? sitting(model.judging) : []) judge.dueAt = model.now + seconds(TIMES.scoring)
}

export function showAll(model: Model): void {
  tell(model, 'sheets.revealed')
  model.judging!.shown = { decidesAfter: Math.max(model.opened!.decidesAfter, model.now + seconds(TIMES.drawDelay)), covered: false }
}
