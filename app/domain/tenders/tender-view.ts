import type { Beacon, PoolLeaf } from '#app/domain/draw/draw.ts'
import type { Publication, Tender, TenderState, TenderStep } from './tender.ts'

/** One place of the drawn order. */
export type DrawnPlace = { place: number; label: string; name: string; position: string; awarded: boolean }
/** One leaf of the frozen pool with the agency's name, where the leaf gives its code. */
export type NamedLeaf = PoolLeaf & { name: string | null }

export type TenderView = {
  tender: Tender
  listing: { code: string; name: string; sample: boolean }
  project: { code: string; name: string }
  division: string
  /** Null where the owner is a natural person: personal names are not published. */
  owner: string | null
  demo: boolean
  /** The agency that a direct selection names: public from its publication on. */
  named: { uscc: string; name: string } | null
  /** The tender that this one follows, and the one that follows it. */
  republishes: string | null
  republishedAs: string | null
  draw: { root: string; beacon: Beacon | null; order: DrawnPlace[]; pool: NamedLeaf[] } | null
  /** Ledger entries of the steps, for their proofs. */
  entries: { kind: string; id: string; leafHash: string; index: number | null; recordedAt: string }[]
}

/**
 * A tender's facts without those that are for the house alone: the accounts that wrote and published it, and the id under
 * which its owner is kept, which would tie together everything that one natural person buys.
 */
export type PublicTender = Omit<Tender, 'draftedBy' | 'ownerId' | 'handedOver' | 'copiedFromId' | 'namedAgencyId' | 'publication'> & { handedOverAt: Date | null } & { publication: Omit<Publication, 'publishedBy'> | null }

export function publicly({ draftedBy: _draftedBy, ownerId: _ownerId, copiedFromId: _copiedFromId, namedAgencyId: _namedAgencyId, handedOver, publication, ...rest }: Tender): PublicTender {
  const tender = { ...rest, handedOverAt: handedOver?.at ?? null }
  if (!publication) return { ...tender, publication }
  const { publishedBy: _publishedBy, ...published } = publication
  return { ...tender, publication: published }
}

/** The same as one reader may see it at one moment. */
export type ShownTender = Omit<TenderView, 'tender' | 'project'> & {
  tender: PublicTender
  /** The name is null where the owner is a natural person and the reader somebody else: it is often the person's own. */
  project: { code: string; name: string | null }
  state: TenderState
  /** What the clock owes it at this moment. */
  due: TenderStep | null
  at: Date
  isMine: boolean
}
