import { accounts } from './en/accounts.ts'
import { agencies } from './en/agencies.ts'
import { catalogue } from './en/catalogue.ts'
import { forms } from './en/forms.ts'
import { frame } from './en/frame.ts'
import { guard } from './en/guard.ts'
import { ledger } from './en/ledger.ts'
import { parts } from './en/parts.ts'
import { projects } from './en/projects.ts'
import { site } from './en/site.ts'
import { tenders } from './en/tenders.ts'
import type { Words } from './zh.ts'

export const en: Words = { accounts, agencies, catalogue, forms, frame, guard, ledger, parts, projects, site, tenders }
