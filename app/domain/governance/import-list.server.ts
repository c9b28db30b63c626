import { transact } from '#db/client.ts'
import { insertDraft, saveEntry } from '#db/repositories/list-proposals.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import { changesBetween } from '../catalogue/fields.ts'
import { newId } from '../chance.server.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { gatherRules } from './gather-rules.server.ts'
import { readItem, shownAt, type FileFault, type RawItem } from './list-file.ts'
import type { Entry } from './proposal.ts'
import type { ProposalForm } from './proposal-form.ts'

type Imported = ProposalForm & { items: readonly RawItem[]; isWhole: boolean }

/**
 * Compares a file with the division's list of today and makes a draft of the differences: what is added, changed field by field,
 * and taken off. What the file says as the list does is no entry. Every fault of the file is found before anything is written.
 *
 * @param isWhole whether the file is the whole list, so that what it leaves out leaves the list
 * @returns the draft, or every fault
 * @throws Refusal `governance.file-same` where nothing differs
 */
export async function importList(context: Context, { items, isWhole, ...said }: Imported): Promise<{ id: string } | { faults: FileFault[] }> {
  const { divisionCode, organisationId, accountId } = memberWho(context.actor, 'propose:listing')
  return transact(context.db, async (trx) => {
    const at = await context.clock.read(trx)
    const { standing, faultsOf } = await gatherRules(trx, { divisionCode, on: dayOf(at) })
    const faults: FileFault[] = []
    const entries = new Map<string, Entry>()
    const seen = new Set<string>()
    for (const raw of items) {
      const read = readItem(raw)
      if ('faults' in read) {
        faults.push(...read.faults)
        continue
      }
      const { place, code, reason, wording: given } = read.item
      const say = (fault: Pick<FileFault, 'code' | 'pointer' | 'params'>) => faults.push({ place, value: shownAt(raw.wording, fault.pointer), ...fault })
      if (seen.has(code)) say({ code: 'governance.file-twice', pointer: '/code', params: { code } })
      seen.add(code)
      const before = standing.get(code) ?? null
      const wording = given && { ...given, divisionCode }
      if (wording && before && changesBetween(before, wording).length === 0) continue
      const entry: Entry = { code, wording, before, reason: reason || said.reason.slice(0, 500) }
      for (const fault of faultsOf(entry)) say(fault)
      entries.set(code, entry)
    }
    if (isWhole) for (const [code, before] of standing) if (!seen.has(code)) entries.set(code, { code, wording: null, before, reason: said.reason.slice(0, 500) })
    if (faults.length) return { faults }
    if (entries.size === 0) throw new Refusal('conflict', 'governance.file-same', { field: 'file' })
    const id = newId()
    await insertDraft(trx, { id, divisionCode, organisationId, ...said, draftedAt: at, draftedBy: accountId })
    for (const entry of entries.values()) await saveEntry(trx, { id, ...entry })
    return { id }
  })
}
