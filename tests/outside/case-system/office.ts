import { createHash, randomUUID } from 'node:crypto'
import type { Intents, Wish } from './intents.ts'
import type { Market, Reply } from './market.ts'
import type { Case, Intent, Material, Store } from './state.ts'

/** The approval items that this office works on, by the code of the city's list. */
export const ITEMS: Record<string, string> = {
  A05: '固定资产投资项目节能审查',
  A06: '建设项目用地预审与选址意见书核发',
  A10: '生产建设项目水土保持方案审批（报告书）',
  A12: '建设项目环境影响评价文件审批（报告书）',
  A19: '地质灾害危险性评估成果备查',
  A25: '建设工程规划许可证核发',
  A26: '政府投资项目初步设计（概算）审批',
  A40: '建筑工程施工许可证核发',
}

const part = encodeURIComponent

/** Opens a case of the office's own numbering. The number is taken with the intent, in one writing. */
export function openCase({ state }: Store, intents: Intents, { form, projectCode, projectName, divisionCode, approvalItem, applicant, materials, now }: { form: string; projectCode: string; projectName: string; divisionCode: string; approvalItem: string; applicant: Case['applicant']; materials: Material[]; now: string }): string {
  const known = state.intents.find(({ id }) => id === form)
  if (known) return known.caseNumber!
  const caseNumber = nextNumber(state.cases, now)
  state.cases.unshift({ caseNumber, projectCode, projectName, approvalItem, flowType: 'industrial', applicant, receivedAt: now, states: [{ state: 1, at: now, note: '' }], materials })
  const project = { name: projectName, divisionCode, owner: applicant, flowType: 'industrial', moneySource: 'private' }
  intents.add({ id: randomUUID(), kind: 'project', caseNumber, method: 'PUT', path: `/api/v1/projects/${part(projectCode)}`, body: project }, wholeCase(state.cases[0]!, form))
  return caseNumber
}

function nextNumber(cases: readonly Case[], now: string): string {
  const year = now.slice(0, 4)
  const serials = cases.flatMap(({ caseNumber }) => (caseNumber.startsWith(`LY-${year}-`) ? Number(caseNumber.split('-')[2]) : []))
  return `LY-${year}-${String(Math.max(0, ...serials.filter(Number.isFinite)) + 1).padStart(4, '0')}`
}

/** The whole case, as it stands; what was taken over goes back with all that the marketplace said of it. */
function wholeCase({ caseNumber, projectName: _name, ...body }: Case, id: string): Wish {
  return { id, kind: 'case', caseNumber, method: 'PUT', path: `/api/v1/cases/${part(caseNumber)}`, body }
}

/** Writes down a demand, once for each form however often it is sent. */
export function demand(intents: Intents, { form, caseNumber, demanded, today }: { form: string; caseNumber: string; demanded: Record<string, string>; today: string }): Intent {
  const [made] = intents.add({ id: form, kind: 'demand', caseNumber, method: 'POST', path: `/api/v1/cases/${part(caseNumber)}/demands`, body: { demanded, demandedOn: today } })
  return made!
}

/** Keeps a refused demand up. The marketplace asks for a reason that somebody can be held to, and tells the regulator. */
export function uphold(intents: Intents, { form, caseNumber, decision, reason }: { form: string; caseNumber: string; decision: string; reason: string }): Intent {
  const [made] = intents.add({ id: form, kind: 'uphold', caseNumber, method: 'POST', path: `/api/v1/guard/decisions/${part(decision)}/uphold`, body: { reason } })
  return made!
}

/** Takes over the cases that the marketplace knows of this office and this system does not: at the first start, or after its state was lost. */
export async function takeOver({ state, save }: Store, market: Market): Promise<number> {
  let taken = 0
  for (let path: string | null = '/api/v1/cases'; path; ) {
    const { status, body }: Reply = await market.call({ method: 'GET', path })
    if (status !== 200) return taken
    for (const { caseNumber } of body.items as { caseNumber: string }[]) {
      if (state.cases.some((one) => one.caseNumber === caseNumber)) continue
      const found = await market.call({ method: 'GET', path: `/api/v1/cases/${part(caseNumber)}` })
      if (found.status !== 200) continue
      state.cases.push({ ...(found.body as unknown as Case), projectName: null })
      taken += 1
    }
    path = body.next ? `/api/v1/cases?before=${part(String(body.next))}` : null
  }
  state.knowsNumbers = true
  save()
  return taken
}

/**
 * Asks what the market does for a case's documents, and takes in what was accepted: the file's hash is counted here, and
 * the document stands as submitted. Asked again with the same tag, the marketplace answers 304 and nothing is read.
 */
export async function refresh(store: Store, intents: Intents, market: Market, caseNumber: string): Promise<void> {
  const { state, save } = store
  const known = state.services[caseNumber]
  const { status, body, headers } = await market.call({ method: 'GET', path: `/api/v1/cases/${part(caseNumber)}/services`, etag: known?.etag })
  if (status !== 200) return
  const items = body.items as Record<string, unknown>[]
  state.services[caseNumber] = { etag: headers.get('etag'), items, at: new Date().toISOString() }
  for (const { material, deliverable } of items as { material: string; deliverable: { id: string; name: string; acceptedAt: string | null } | null }[]) {
    if (!deliverable?.acceptedAt || state.landed.some(({ id }) => id === deliverable.id)) continue
    const said = await market.call({ method: 'GET', path: `/api/v1/deliverables/${part(deliverable.id)}` })
    if (said.status !== 200) continue
    const told = said.body.file as { url: string; sha256: string } | null
    const file = told && (await market.call({ method: 'GET', path: told.url }))
    const sha256 = file && createHash('sha256').update(file.bytes).digest('hex')
    // A file that is not what was told is not taken in; the next look asks again.
    if (told && (file?.status !== 200 || sha256 !== told.sha256)) continue
    state.landed.push({ id: deliverable.id, caseNumber, material, name: deliverable.name, bytes: file?.bytes.byteLength ?? 0, sha256, handover: said.body.handover as string | null, at: new Date().toISOString() })
    const one = state.cases.find((each) => each.caseNumber === caseNumber)
    const own = one?.materials.find(({ code }) => code === material)
    if (one && own?.state === 'lacking') {
      own.state = 'submitted'
      intents.add(wholeCase(one, randomUUID()))
    }
  }
  save()
}
