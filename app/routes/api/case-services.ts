import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { answerCall, json, type Call } from '#app/http/api.server.ts'

const TERMS = { method: 'GET', scope: 'case:read' } as const

/** `GET /api/v1/cases/{caseNumber}/services`: what the market does for each document that a listed service yields. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => get(call, arrived.params.number ?? ''))
}

export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, (call) => get(call, arrived.params.number ?? ''))
}

async function get({ context }: Call, number: string): Promise<Response> {
  const { services } = await showOwnCase(context, number)
  return json({
    items: services.map(({ material, listing, tender, agency, contract, deliverable, milestone }) => ({
      material,
      service: listing,
      milestone,
      // A draft is its owner's alone.
      tender: tender?.number ? { number: tender.number, title: tender.title, state: tender.state } : null,
      agency,
      contract,
      deliverable,
    })),
    next: null,
  })
}
