import type { FaultName } from './row-faults.ts'

/** Who can mend a fault, and where. `platform`: a fault of the house itself, which its operator reports. */
export type Mender = 'authority' | 'agency' | 'owner' | 'regulator' | 'platform'
export type Mend = { by: Mender; at: 'case' | 'project' | 'agency' | 'tender' | 'service-code' | 'item-code' }

const MENDS: Record<FaultName, Mend> = {
  'project-missing': { by: 'authority', at: 'case' },
  'project-malformed': { by: 'authority', at: 'case' },
  'project-not-stated': { by: 'authority', at: 'case' },
  'project-flow': { by: 'authority', at: 'case' },
  'project-assessment': { by: 'owner', at: 'project' },
  division: { by: 'authority', at: 'case' },
  'case-missing': { by: 'authority', at: 'case' },
  'item-code': { by: 'regulator', at: 'item-code' },
  'service-code': { by: 'regulator', at: 'service-code' },
  'agency-missing': { by: 'platform', at: 'tender' },
  'agency-uscc': { by: 'agency', at: 'agency' },
  'client-uscc': { by: 'owner', at: 'tender' },
  'name-missing': { by: 'platform', at: 'tender' },
  'too-long': { by: 'platform', at: 'tender' },
  days: { by: 'owner', at: 'tender' },
  'day-kind': { by: 'platform', at: 'tender' },
  'step-unknown': { by: 'platform', at: 'tender' },
  'step-order': { by: 'platform', at: 'tender' },
  'step-ahead': { by: 'platform', at: 'tender' },
  'step-missing': { by: 'platform', at: 'tender' },
}

/** Who mends it and where. What is too long is mended by whoever wrote it. */
export function mendOf({ fault, column }: { fault: FaultName; column: string | null }): Mend {
  if (fault !== 'too-long') return MENDS[fault]
  if (column === 'spsxslbm' || column === 'xmdm') return { by: 'authority', at: 'case' }
  if (column === 'zjfwsxmc' || column === 'zjfwsxbm' || column === 'dybzzjfwsxbm') return { by: 'regulator', at: 'service-code' }
  if (column === 'zjjgmc' || column === 'fjmc') return { by: 'agency', at: column === 'zjjgmc' ? 'agency' : 'tender' }
  return MENDS[fault]
}
