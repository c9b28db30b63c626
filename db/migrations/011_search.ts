import type { Knex } from 'knex'

/**
 * What may be found, as PostgreSQL finds it: copies of public facts in the forms that people type. The rows elsewhere
 * stay the truth; this table can be thrown away and built again from them (`npm run reindex`).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table search_documents (
      kind text not null check (kind in ('service', 'agency', 'tender', 'result')),
      id text not null,
      -- The listing code, uscc or tender number whose documents are replaced together.
      subject text not null,
      title text not null,
      -- Letters, digits and characters only, in lower case. "C": under the database's ICU collation LIKE costs three times as much.
      code text collate "C" not null,
      name text collate "C" not null,
      aliases text[] not null,
      -- Full pinyin, initials, code and Latin words, between blanks: one index for everything typed in letters.
      latin text collate "C" not null,
      words tsvector not null,
      -- The words with blanks between them, so that a mistyped one is near to each of them and not to the whole.
      spaced text not null,
      facets text[] not null,
      labels text[] not null,
      from_on date,
      until_on date,
      closes_at timestamptz,
      -- From when an award binds; until then it is public only.
      binds_at timestamptz,
      outcome text check (outcome in ('awarded', 'failed')),
      newest timestamptz not null,
      shown jsonb not null,
      primary key (kind, id)
    );
    create index search_documents_subject on search_documents (kind, subject);
    create index search_documents_code on search_documents (code);
    create index search_documents_name on search_documents (name);
    create index search_documents_aliases on search_documents using gin (aliases);
    create index search_documents_words on search_documents using gin (words);
    create index search_documents_name_parts on search_documents using gin (name gin_trgm_ops);
    create index search_documents_latin on search_documents using gin (latin gin_trgm_ops);
    create index search_documents_spaced on search_documents using gin (spaced gin_trgm_ops);

    -- By which reading of words the index was built; another one builds it again.
    create table search_index (
      single boolean primary key default true check (single),
      reading integer not null,
      rebuilt_at timestamptz not null
    );
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
