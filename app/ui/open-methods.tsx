import type { MethodFault } from '#app/domain/tenders/open-methods.ts'
import type { Method } from '#app/domain/tenders/tender.ts'
import { useWords } from './locale.tsx'

/** By which methods a service may be bought here, and why not by the others, those of one reason together. */
export function OpenMethods({ methods }: { methods: readonly { method: Method; fault: MethodFault | null }[] }) {
  const { drafts, tenders, catalogue: { listing: words }, leads } = useWords()
  const named = (why: MethodFault | null) => methods.flatMap(({ method, fault }) => (fault === why ? [drafts.methods[method].name] : [])).join(leads.and)
  const faults = new Set(methods.flatMap(({ fault }) => fault ?? []))
  return (
    <>
      {named(null) || words.noMethod}
      {[...faults].map((fault) => <span key={fault} className="block small muted">{named(fault)}{tenders.because}{fault === 'drafts.price-alone' ? words.methodPriceAlone : words.methodClosed}</span>)}
    </>
  )
}
