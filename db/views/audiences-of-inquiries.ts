import type { About, Audience } from '#app/domain/notices/who-hears.ts'

type Parts = { text: (name: string) => string; held: (row: string, begun: string, ended: string) => string; within: (inner: string, outer: string) => string }

type Told = Extract<About, 'paper' | 'report' | 'inquiry'>
type Hears = Extract<Audience, 'owner-of-paper' | 'regulators-of-paper' | 'regulators-of-report' | 'regulators-of-inquiry' | 'respondent'>

/** What messages about a paper, a report and a file say. Of a report no more than whose it is about, for the regulator. */
export const aboutInquiries = ({ text }: Parts): Record<Told, string> => ({
  paper: `
    select 'document-turned-away:' || paper.id as subject, jsonb_build_object('authority', authority.name, 'material', paper.material) as params
      from turned_away_documents paper join organisations authority on authority.id = paper.authority_id where paper.id = cast(${text('paper')} as uuid)`,
  report: `
    select 'demand-reported:' || report.id as subject, jsonb_build_object('authority', authority.name) as params
      from demand_reports report join organisations authority on authority.id = report.authority_id where report.id = cast(${text('report')} as uuid)`,
  inquiry: `
    select inquiry.number as subject,
           jsonb_strip_nulls(jsonb_build_object('number', inquiry.number, 'service', listing.name, 'outcome', ${text('outcome')},
             'replyBy', ${text('replyBy')}, 'contestBy', ${text('contestBy')}, 'decideBy', ${text('decideBy')}, 'againBy', ${text('againBy')})) as params
      from inquiries inquiry left join listings listing on listing.id = inquiry.listing_id where inquiry.number = ${text('inquiry')}`,
})

/** Each yields organisation and role, as the others do; the regulator's params name whom a file is about, if it is no person. */
export const audiencesOfInquiries = ({ text, held, within }: Parts): Record<Hears, string> => {
  const regulators = (from: string, division: string, params = `cast('{}' as jsonb)`) => `
    select role.organisation_id, 'regulator' as role, ${params} as params
      from ${from}
      join organisation_roles role on role.role = 'regulator' and ${held('role', 'since', 'until')}
      join organisations regulator on regulator.id = role.organisation_id and ${within(division, 'regulator.division_code')}`
  return {
    'owner-of-paper': `
      select role.organisation_id, role.role, cast('{}' as jsonb) as params
        from turned_away_documents paper join owned_projects project on project.code = paper.project_code
        join organisation_roles role on role.organisation_id = project.owner_id and role.role = 'owner' and ${held('role', 'since', 'until')}
       where paper.id = cast(${text('paper')} as uuid)`,
    'regulators-of-paper': `${regulators('turned_away_documents paper', 'paper.division_code')} where paper.id = cast(${text('paper')} as uuid)`,
    'regulators-of-report': `${regulators('demand_reports report', 'report.division_code')} where report.id = cast(${text('report')} as uuid)`,
    'regulators-of-inquiry': `${regulators('inquiries inquiry join organisations respondent on respondent.id = inquiry.respondent_id', 'inquiry.division_code', `jsonb_strip_nulls(jsonb_build_object('respondent', case when respondent.kind = 'organisation' then respondent.name end))`)} where inquiry.number = ${text('inquiry')}`,
    respondent: `select inquiry.respondent_id as organisation_id, inquiry.respondent_role as role, cast('{}' as jsonb) as params from inquiries inquiry where inquiry.number = ${text('inquiry')}`,
  }
}
