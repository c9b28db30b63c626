import { COLUMN_NAMES, DAY_KINDS, SERVICE_COLUMNS, STEP_COLUMNS, STEPS, type Column, type ServiceContent, type StepContent, type StepName } from './national-row.ts'

/** What the house knows of a service that was bought for a document of a case, from its notice on. */
export type ServiceFacts = {
  number: string
  divisionCode: string
  caseNumber: string
  projectCode: string
  service: { code: string; name: string; nationalCode: string | null }
  /** The unified code and the name are null where the owner is a natural person. */
  owner: { uscc: string | null; name: string | null }
  /** Who the service is awarded to, and nobody has declined. */
  agency: { uscc: string; name: string } | null
  serviceDays: number
  publishedAt: Date
  awards: { place: number; agency: string; awardedAt: Date; declinedAt: Date | null }[]
  contract: { days: number; confirmedAt: Date } | null
  rounds: { round: number; id: string; file: string | null; deliveredAt: Date; returnedAt: Date | null; acceptedAt: Date | null }[]
  /** Why there is nothing to be told any more: the purchase ended without an award. */
  ended: 'cancelled' | 'failed' | null
}

type Named<F extends string, C> = { form: F; instance: string; step: string; content: C }
export type Wanted = Named<'service', ServiceContent> | Named<'step', StepContent>
/** The last version of a row that was told; its content is null where it was taken back. */
export type Standing = { lsh: number; form: 'service' | 'step'; instance: string; step: string; version: number; content: ServiceContent | StepContent | null }
export const ENDINGS = { cancelled: '采购公告已取消', failed: '采购未成，没有选出中介机构', undone: '所记的事已不存在' } as const
export type Ending = keyof typeof ENDINGS
export type Version = Omit<Standing, 'lsh'> & { why: (Column | Ending)[]; reason: string | null }

/** A natural person's name is told to nobody (个人信息保护法 6: no more than the purpose needs). */
const NATURAL_PERSON = '自然人'

/** What the national tables are to have of a service now: its row, and a row for each step. Nothing once it ended without an award. */
export function wantedOf(facts: ServiceFacts): Wanted[] {
  if (facts.ended) return []
  const { number: instance, divisionCode: xzqhdm, projectCode: xmdm, service, owner, agency, contract } = facts
  const row: ServiceContent = {
    xzqhdm,
    xmdm,
    zjfwsxmc: service.name,
    zjfwsxbm: service.code,
    dybzzjfwsxbm: service.nationalCode,
    zjfwsxslbm: instance,
    spsxslbm: facts.caseNumber,
    blsx: contract?.days ?? facts.serviceDays,
    sxlx: DAY_KINDS.calendar,
    zjjgdm: agency?.uscc ?? null,
    zjjgmc: agency?.name ?? null,
    wtrdm: owner.uscc,
    wtr: owner.name ?? NATURAL_PERSON,
  }
  const step = (name: StepName, key: string, at: Date, by: string, file: { id: string; name: string } | null = null): Wanted => ({
    form: 'step',
    instance,
    step: key,
    content: { xzqhdm, xmdm, zjfwsxslbm: instance, blzt: STEPS[name].code, blr: by, blyj: STEPS[name].words, blsj: at.toISOString(), fjmc: file?.name ?? null, fjid: file?.id ?? null },
  })
  const performer = agency?.name ?? ''
  return [
    { form: 'service', instance, step: '', content: row },
    step('published', 'published', facts.publishedAt, row.wtr),
    ...facts.awards.flatMap(({ place, agency: name, awardedAt, declinedAt }) => [
      step('awarded', `awarded:${place}`, awardedAt, row.wtr),
      ...(declinedAt ? [step('declined', `declined:${place}`, declinedAt, name)] : []),
    ]),
    ...(contract ? [step('contracted', 'contracted', contract.confirmedAt, row.wtr)] : []),
    ...facts.rounds.flatMap(({ round, id, file, deliveredAt, returnedAt, acceptedAt }) => [
      step('delivered', `delivered:${round}`, deliveredAt, performer, file === null ? null : { id, name: file }),
      ...(returnedAt ? [step('returned', `returned:${round}`, returnedAt, row.wtr)] : []),
      ...(acceptedAt ? [step('accepted', `accepted:${round}`, acceptedAt, row.wtr, file === null ? null : { id, name: file })] : []),
    ]),
  ]
}

/**
 * What has to be written so that the tables say what is so: first versions, corrections, and endings. Nothing is taken away: what
 * was told before ends when the next version stands, and that one gives the reason. Where all is said already: nothing.
 *
 * @param wanted what {@link wantedOf} gives for some services
 * @param standing the last version of every row that was ever told of these services
 * @param endedOf why a service has nothing to tell
 */
export function changesOf(wanted: readonly Wanted[], standing: readonly Standing[], endedOf: (instance: string) => ServiceFacts['ended']): Version[] {
  const last = new Map(standing.map((one) => [keyOf(one), one]))
  const kept = new Set(wanted.map(keyOf))
  const said = wanted.flatMap((one): Version[] => {
    const before = last.get(keyOf(one))
    if (!before) return [{ ...one, version: 1, why: [], reason: null }]
    const changed = changedColumns(before.content, one)
    if (changed.length === 0) return []
    const reason = before.content === null ? '恢复' : `已更正：${changed.map((column) => COLUMN_NAMES[column]).join('、')}`
    return [{ ...one, version: before.version + 1, why: changed, reason }]
  })
  const gone = standing.filter((one) => one.content !== null && !kept.has(keyOf(one))).map(({ form, instance, step, version }): Version => {
    const why: Ending = endedOf(instance) ?? 'undone'
    return { form, instance, step, version: version + 1, content: null, why: [why], reason: ENDINGS[why] }
  })
  return [...said, ...gone]
}

function changedColumns(before: Standing['content'], { form, content }: Wanted): Column[] {
  const columns: readonly Column[] = form === 'service' ? SERVICE_COLUMNS : STEP_COLUMNS
  const [one, other] = [before ?? {}, content] as Partial<Record<Column, unknown>>[]
  return columns.filter((column) => (one![column] ?? null) !== (other![column] ?? null))
}

function keyOf({ form, instance, step }: Pick<Standing, 'form' | 'instance' | 'step'>): string {
  return `${form} ${instance} ${step}`
}
