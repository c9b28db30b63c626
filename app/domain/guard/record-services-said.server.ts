import type { Knex } from 'knex'
import type { Case, Material } from '#app/domain/cases/case.ts'
import type { StateOfCase } from '#app/domain/cases/case-state.ts'
import { isAwaited } from '#app/domain/cases/newly-asked.ts'
import type { WrittenCase } from '#app/domain/cases/write-case.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { knownBy, sameness } from '#app/domain/catalogue/same-service.ts'
import { newId } from '#app/domain/chance.server.ts'
import { listMeanings } from '#db/repositories/material-meanings.ts'
import { saveSaidServices } from '#db/repositories/said-services.ts'
import { listCandidates } from '#db/views/guard-candidates.ts'
import { bareName, type KnownListing } from './meant-service.ts'
import { readerOf, servicesSaid, unlistedPaper, type SaidPlace, type SaidService } from './services-said.ts'

type Text = { place: SaidPlace; text: string }
/** To say why a case is not taken, or stands still for papers, is to ask for what is named. */
const ASKING_STATES: readonly number[] = [4, 5, 6, 13]

/**
 * Reads what an office newly wrote in a case in words of its own: notes of states, reasons of documents, and names of documents that it asks
 * for and no listing is called by. What they name of services and agencies' papers that are no documents of the case is kept, for the regulator as a lead
 * and for all who see the case: a note is no demand, and what is asked for has to be a document of the case or a demand on record
 * (《行政许可法》第三十二条). A mention decides nothing.
 *
 * @param written the case as it was just written in this transaction, with the meanings of its documents read
 */
export async function recordServicesSaid(trx: Knex.Transaction, { saved, before, isChanged }: Pick<WrittenCase, 'saved' | 'before' | 'isChanged'>): Promise<void> {
  const notes = saved.states.filter((one) => one.note && !before?.states.some((other) => other.note === one.note && other.state === one.state))
  const reasons = saved.materials.filter(({ code, reason }) => reason && !before?.materials.some((other) => other.code === code && other.reason === reason))
  const names = saved.materials.filter((one) => isOwnAndAsked(one) && !before?.materials.some((other) => other.code === one.code && other.name === one.name && isOwnAndAsked(other)))
  if (!isChanged || !(notes.length || reasons.length || names.length)) return

  const candidates = await listCandidates(trx, { divisionCode: saved.divisionCode, on: dayOf(saved.changedAt), approvalItem: saved.approvalItem })
  const reader = readerOf(candidates)
  const meanings = await listMeanings(trx, saved.id)
  const isMeant = ({ code, name }: Material) => meanings.some(({ material, name: read, service }) => material === code && read === name && service)
  const said = [
    ...notes.flatMap((one) => inText({ place: 'note', text: one.note }, servicesSaid(one.note, { reader, isAsking: isAskingState(one) }))),
    ...reasons.flatMap((one) => inText({ place: 'reason', text: one.reason }, servicesSaid(one.reason, { reader, isAsking: isAwaited(one) }))),
    ...names.flatMap((one) => inText({ place: 'name', text: one.name }, isMeant(one) ? [] : unlistedPaper(one.name, reader))),
  ]
  const covered = coveredBy(saved, { meant: meanings.flatMap(({ service }) => service ?? []), candidates })
  const called = saved.materials.map(({ name }) => bareName(name))
  const open = said.filter(({ place, words, services }) => !services.some((code) => covered.includes(code)) && (place === 'name' || !called.some((name) => name.includes(words))))
  const once = open.filter((one, place) => open.findLastIndex(({ place: where, words }) => where === one.place && words === one.words) === place)
  await saveSaidServices(trx, saved.id, once.map((one) => ({ id: newId(), ...one, saidAt: saved.changedAt })))
}

function isOwnAndAsked(material: Material): boolean {
  return material.source === 'applicant' && isAwaited(material)
}

function isAskingState({ state }: StateOfCase): boolean {
  return ASKING_STATES.includes(state)
}

function inText(where: Text, found: readonly SaidService[]): (Text & SaidService)[] {
  return found.map((one) => ({ ...where, ...one }))
}

/** Codes of the services that documents of the case are of, under whatever code the list has them. */
function coveredBy({ materials }: Case, { meant, candidates }: { meant: readonly string[]; candidates: readonly KnownListing[] }): string[] {
  const codes = [...materials.flatMap(({ listingCode }) => listingCode ?? []), ...meant]
  const own = candidates.filter(({ code }) => codes.includes(code))
  const alike = candidates.filter((one) => own.some((each) => sameness(knownBy(one), knownBy(each))))
  return [...codes, ...alike.map(({ code }) => code)]
}
