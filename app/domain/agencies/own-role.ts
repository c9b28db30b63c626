/** The roles that an organisation takes up by itself; an office's are given from the operator's command line. */
export const OWN_ROLES = ['agency', 'owner'] as const
export type OwnRole = (typeof OWN_ROLES)[number]
