import { shortlist } from '#verify/shortlist.ts'
import { shortlistEn } from '#verify/shortlist-sentences.ts'
import { bring } from './verify-parts.ts'

bring({ shortlist }, { shortlist: shortlistEn })
