import type { Knex } from 'knex'

/** Services that an office's own words in a case name, where no document of the case is theirs: read once, when they were written. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- \`text\` is what was written where \`place\` says, \`words\` the part that names a service, \`services\` the codes that it could be; none where the list has no such service.
    create table said_services (
      id uuid primary key,
      ordinal bigint generated always as identity,
      case_id uuid not null references cases,
      place text not null check (place in ('note', 'reason', 'name')),
      text text not null,
      words text not null,
      services text[] not null,
      said_at timestamptz not null,
      unique (case_id, place, words)
    );

    -- Of them what is still written there and has been asked for in no open way since: by a demand on record, or as a document of the case.
    create view standing_said_services as
      select said.*
        from said_services said
        join cases file on file.id = said.case_id
       where case said.place
               when 'note' then exists (select from case_states entered where entered.case_id = file.id and entered.note = said.text)
               when 'reason' then exists (select from case_materials material where material.case_id = file.id and material.reason = said.text)
               else exists (select from case_materials material where material.case_id = file.id and material.name = said.text and material.state in ('lacking', 'turned-away'))
             end
         and not exists (select from case_materials material where material.case_id = file.id and material.listing_code = any (said.services))
         and not exists (
               select from guard_decisions decided
                 left join listings listing on listing.id = decided.listing_id
                where decided.project_code = file.project_code and decided.authority_id = file.authority_id and decided.case_number = file.number
                  and (listing.code = any (said.services) or strpos(coalesce(cast(decided.document as jsonb) #>> '{demand,demanded,text}', ''), said.words) > 0));
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
