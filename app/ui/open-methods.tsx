import type { MethodFault } from '#app/domain/tenders/open-methods.ts'
import type { Method } from '#app/domain/tenders/tender.ts'
import { useWords } from './locale.tsx'

/** By which methods a service may be bought here, and why not by the others. */
export function OpenMethods({ methods }: { methods: readonly { method: Method; fault: MethodFault | null }[] }) {
  const { drafts, tenders, catalogue } = useWords()
  const whyNot = (fault: MethodFault) => (fault === 'drafts.price-alone' ? drafts.refusals['price-alone'] : catalogue.listing.methodClosed)
  return (
    <>
      {methods.map(({ method, fault }) => (fault ? null : <span key={method} className="block">{drafts.methods[method].name}</span>))}
      {methods.every(({ fault }) => fault) ? catalogue.listing.noMethod : null}
      {methods.map(({ method, fault }) => (fault ? <span key={method} className="block small muted">{drafts.methods[method].name}{tenders.because}{whyNot(fault)}</span> : null))}
    </>
  )
}
