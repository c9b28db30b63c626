import { z } from 'zod'
import type { Scope } from '#app/domain/accounts/permissions.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import { CaseInput, CaseNumber, ProjectInput } from '#app/domain/cases/case.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { ProjectCodeText } from '#app/domain/projects/project-code.ts'
import { Case, Cases, Catalogue, Decision, Problem, Project, ProvenDecision, Services, Token, TokenFault, TokenForm, Validation, Versions } from './answers.ts'
import { CasesQuery, CatalogueQuery } from './queries.ts'

/** The shapes that the document names; the first eight are what a call takes, the others what it answers. */
export const SHAPES = {
  TokenForm, DemandInput, ProjectInput, CaseInput, CaseDemandInput,
  Token, TokenFault, Versions, Catalogue, Decision, ProvenDecision, Validation, Project, Case, Cases, Services, Problem,
} satisfies Record<string, z.ZodType>
export type ShapeName = keyof typeof SHAPES

/** One call of the contract. `scope` null: no token is asked for. `once`: it takes an Idempotency-Key. `tagged`: it answers with an ETag. */
export type ApiCall = {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  since: string
  scope: Scope | null
  once?: boolean
  tagged?: boolean
  /** The names in the address. */
  names?: Record<string, z.ZodType>
  query?: z.ZodObject
  takes?: ShapeName
  answers: Partial<Record<number, ShapeName>>
  /** The statuses with a problem that it can answer with, beside 400, 401, 403, 405, 429 and 503 of every call. */
  refuses?: readonly number[]
}

const ofCase = { caseNumber: CaseNumber }
const WRITES = [409, 413, 415, 422] as const

/** Every call, in the order in which a case system meets them. The routes hold what each does; a test walks both. */
export const CALLS: readonly ApiCall[] = [
  { id: 'token', method: 'POST', path: '/oauth/token', since: '1.0', scope: null, takes: 'TokenForm', answers: { 200: 'Token' } },
  { id: 'versions', method: 'GET', path: '/api/versions', since: '1.1', scope: null, answers: { 200: 'Versions' } },
  { id: 'catalogue', method: 'GET', path: '/api/v1/catalogue', since: '1.0', scope: null, tagged: true, query: CatalogueQuery, answers: { 200: 'Catalogue' }, refuses: [404] },
  { id: 'decide', method: 'POST', path: '/api/v1/guard/decisions', since: '1.0', scope: 'guard:decide', once: true, takes: 'DemandInput', answers: { 201: 'Decision' }, refuses: WRITES },
  { id: 'decision', method: 'GET', path: '/api/v1/guard/decisions/{id}', since: '1.0', scope: 'guard:read', tagged: true, names: { id: z.uuid() }, answers: { 200: 'ProvenDecision' }, refuses: [404] },
  { id: 'validate', method: 'POST', path: '/api/v1/guard/validations', since: '1.0', scope: 'guard:validate', takes: 'DemandInput', answers: { 200: 'Validation' }, refuses: [413, 415, 422] },
  { id: 'putProject', method: 'PUT', path: '/api/v1/projects/{projectCode}', since: '1.1', scope: 'project:write', once: true, names: { projectCode: ProjectCodeText }, takes: 'ProjectInput', answers: { 200: 'Project', 201: 'Project' }, refuses: WRITES },
  { id: 'cases', method: 'GET', path: '/api/v1/cases', since: '1.1', scope: 'case:read', query: CasesQuery, answers: { 200: 'Cases' } },
  { id: 'putCase', method: 'PUT', path: '/api/v1/cases/{caseNumber}', since: '1.1', scope: 'case:write', once: true, names: ofCase, takes: 'CaseInput', answers: { 200: 'Case', 201: 'Case' }, refuses: WRITES },
  { id: 'case', method: 'GET', path: '/api/v1/cases/{caseNumber}', since: '1.1', scope: 'case:read', tagged: true, names: ofCase, answers: { 200: 'Case' }, refuses: [404] },
  { id: 'demand', method: 'POST', path: '/api/v1/cases/{caseNumber}/demands', since: '1.1', scope: 'guard:decide', once: true, names: ofCase, takes: 'CaseDemandInput', answers: { 201: 'Decision' }, refuses: [404, ...WRITES] },
  { id: 'services', method: 'GET', path: '/api/v1/cases/{caseNumber}/services', since: '1.1', scope: 'case:read', tagged: true, names: ofCase, answers: { 200: 'Services' }, refuses: [404] },
]
