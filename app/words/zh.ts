import { accounts } from './zh/accounts.ts'
import { acts } from './zh/acts.ts'
import { agencies } from './zh/agencies.ts'
import { auction } from './zh/auction.ts'
import { beacon } from './zh/beacon.ts'
import { catalogue } from './zh/catalogue.ts'
import { changes } from './zh/changes.ts'
import { credit } from './zh/credit.ts'
import { desks } from './zh/desks.ts'
import { drafts } from './zh/drafts.ts'
import { forms } from './zh/forms.ts'
import { frame } from './zh/frame.ts'
import { guard } from './zh/guard.ts'
import { keys } from './zh/keys.ts'
import { leads } from './zh/leads.ts'
import { ledger } from './zh/ledger.ts'
import { life } from './zh/life.ts'
import { lots } from './zh/lots.ts'
import { merit } from './zh/merit.ts'
import { notices } from './zh/notices.ts'
import { operation } from './zh/operation.ts'
import { parts } from './zh/parts.ts'
import { pricing } from './zh/pricing.ts'
import { projects } from './zh/projects.ts'
import { registration } from './zh/registration.ts'
import { sanctions } from './zh/sanctions.ts'
import { sealing } from './zh/sealing.ts'
import { search } from './zh/search.ts'
import { site } from './zh/site.ts'
import { tenders } from './zh/tenders.ts'
import { verify } from './zh/verify.ts'
import { witnesses } from './zh/witnesses.ts'

export const zh = { accounts, acts, agencies, auction, beacon, catalogue, changes, credit, desks, drafts, forms, frame, guard, keys, leads, ledger, life, lots, merit, notices, operation, parts, pricing, projects, registration, sanctions, sealing, search, site, tenders, verify, witnesses }

/** The shape of a translation: the same words, each a text or the same function. */
export type Words = Widened<typeof zh>

type Widened<T> = T extends string ? string : T extends (...given: infer G) => string ? (...given: G) => string : T extends readonly (infer E)[] ? readonly Widened<E>[] : { [K in keyof T]: Widened<T[K]> }
