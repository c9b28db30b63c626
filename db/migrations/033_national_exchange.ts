import type { Knex } from 'knex'

/**
 * The two national tables for intermediary services (docs/decisions/040): what was ever said to the exchange, what it answered,
 * and the views and the one function by which its machine reads and answers.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    do $$ begin
      create role mingdan_exchange nologin;
    exception when duplicate_object or unique_violation then null;
    end $$;
    grant usage on schema public to mingdan_exchange;

    -- The exchange is one more reader of the outbox: each event makes it look at the services that the event names.
    insert into outbox_readers (name) values ('exchange');
    insert into outbox_pending (reader, event) select 'exchange', id from outbox;

    -- What the national tables have of one service, version by version. The columns of a row are its content, under their own names.
    -- Nothing here is changed or deleted: a row ends when another follows it under the same name, and that one says why.
    create table exchange_rows (
      lsh bigint generated always as identity primary key,
      id uuid not null unique,
      form text not null check (form in ('service', 'step')),
      -- The tender's number names the service in both tables; a step has a name of its own beside it.
      instance text not null,
      step text not null default '' check ((form = 'step') = (step <> '')),
      version integer not null check (version > 0),
      -- Null: there is nothing to be said any more.
      content jsonb,
      -- Why the version before ended: the columns that changed, or the one word of what happened; and the same in a sentence.
      why text[] not null,
      reason text,
      written_at timestamptz not null,
      unique (form, instance, step, version),
      check ((version = 1) = (reason is null) and (reason is null) = (cardinality(why) = 0)),
      check (content is not null or version > 1)
    );
    create index exchange_rows_of_instance on exchange_rows (instance);
    create index exchange_rows_of_division on exchange_rows ((content ->> 'xzqhdm') text_pattern_ops, lsh desc) where form = 'service';

    -- What the exchange answered: whether it took a row, and if not, why. It answers for a row as it read it, valid or not.
    create table exchange_receipts (
      ordinal bigint generated always as identity primary key,
      lsh bigint not null references exchange_rows,
      valid boolean not null,
      state smallint not null check (state between 1 and 3),
      reason text check (length(reason) between 1 and 2000),
      taken_at timestamptz not null,
      check ((state = 3) = (reason is not null))
    );
    create index exchange_receipts_of_row on exchange_receipts (lsh, ordinal desc);

    -- Which national code a listed service or an approval item has. The newest row counts; an empty code takes the last one back.
    create table national_codes (
      ordinal bigint generated always as identity primary key,
      division_code text not null references divisions,
      kind text not null check (kind in ('service', 'item')),
      key text not null,
      code text not null,
      named_at timestamptz not null,
      named_by uuid references accounts
    );
    create index national_codes_of_key on national_codes (kind, key, ordinal desc);

    create trigger exchange_rows_only_grow before update or delete or truncate on exchange_rows for each statement execute function refuse_change();
    create trigger exchange_receipts_only_grow before update or delete or truncate on exchange_receipts for each statement execute function refuse_change();
    create trigger national_codes_only_grow before update or delete or truncate on national_codes for each statement execute function refuse_change();

    -- Every row with what ended it and what the exchange answered last to what the row says now. Instants are Beijing's, as the standard writes them.
    create view exchange_standing as
      select said.lsh, said.id, said.form, said.instance, said.step, said.version, said.content,
             next.lsh as next_lsh, next.why as ended_why,
             cast(case when next.lsh is null then 1 else 0 end as smallint) as sjyxbs,
             next.reason as sjwxyy,
             coalesce(answer.state, cast(0 as smallint)) as sjsczt,
             answer.reason as sbyy,
             cast(answer.taken_at at time zone 'Asia/Shanghai' as timestamp(0)) as scsj,
             cast(coalesce(next.written_at, said.written_at) at time zone 'Asia/Shanghai' as timestamp(0)) as gxsj
        from exchange_rows said
        left join exchange_rows next on (next.form, next.instance, next.step, next.version) = (said.form, said.instance, said.step, said.version + 1)
        left join lateral (
          select receipt.state, receipt.reason, receipt.taken_at from exchange_receipts receipt
           where receipt.lsh = said.lsh and receipt.valid = (next.lsh is null) order by receipt.ordinal desc limit 1
        ) answer on true
       where said.content is not null;

    create view spgl_zjfwsxblxxb as
      select lsh, cast(id as text) as dfsjzj,
             content ->> 'xzqhdm' as xzqhdm, content ->> 'xmdm' as xmdm, content ->> 'zjfwsxmc' as zjfwsxmc, content ->> 'zjfwsxbm' as zjfwsxbm,
             content ->> 'dybzzjfwsxbm' as dybzzjfwsxbm, content ->> 'zjfwsxslbm' as zjfwsxslbm, content ->> 'spsxslbm' as spsxslbm,
             cast(content ->> 'blsx' as integer) as blsx, cast(content ->> 'sxlx' as smallint) as sxlx,
             content ->> 'zjjgdm' as zjjgdm, content ->> 'zjjgmc' as zjjgmc, content ->> 'wtrdm' as wtrdm, content ->> 'wtr' as wtr,
             sjyxbs, sjwxyy, sjsczt, sbyy, scsj, gxsj
        from exchange_standing where form = 'service';

    create view spgl_zjfwsxblgcxxb as
      select lsh,
             content ->> 'xzqhdm' as xzqhdm, content ->> 'xmdm' as xmdm, content ->> 'zjfwsxslbm' as zjfwsxslbm,
             cast(content ->> 'blzt' as smallint) as blzt, content ->> 'blr' as blr, content ->> 'blyj' as blyj,
             cast(cast(content ->> 'blsj' as timestamptz) at time zone 'Asia/Shanghai' as timestamp(0)) as blsj,
             content ->> 'fjmc' as fjmc, content ->> 'fjid' as fjid,
             sjyxbs, sjwxyy, sbyy, scsj
        from exchange_standing where form = 'step';

    -- The one thing that the exchange's machine may write: its answer to a row as it read it. The same answer again changes nothing.
    create function spgl_answer(lsh bigint, sjyxbs integer, sjsczt integer, sbyy text, scsj timestamp) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      words constant text := nullif(btrim(sbyy), '');
      at constant timestamptz := scsj at time zone 'Asia/Shanghai';
      told exchange_receipts;
    begin
      if sjyxbs is null or sjyxbs not in (0, 1) then raise exception 'sjyxbs is 1 for a row that was read as valid, 0 for one that was not' using errcode = '22023'; end if;
      if sjsczt is null or sjsczt not between 1 and 3 then raise exception 'sjsczt is 1 (uploaded), 2 (accepted) or 3 (refused)' using errcode = '22023'; end if;
      if (sjsczt = 3) <> (words is not null) then raise exception 'a refusal has a reason in sbyy, and nothing else has' using errcode = '22023'; end if;
      if length(words) > 2000 then raise exception 'sbyy has at most 2000 characters' using errcode = '22023'; end if;
      if at is null or not isfinite(at) then raise exception 'scsj is the Beijing time of the upload' using errcode = '22023'; end if;
      if not exists (select from exchange_rows said where said.lsh = spgl_answer.lsh and said.content is not null) then raise exception 'no row has the lsh %', lsh using errcode = '22023'; end if;
      -- Two machines that answer at once take turns, so that a repetition is known as one.
      perform pg_advisory_xact_lock(hashtextextended('exchange-answer:' || lsh, 0));
      select * into told from exchange_receipts receipt where receipt.lsh = spgl_answer.lsh order by receipt.ordinal desc limit 1;
      if (told.valid, told.state, told.reason, told.taken_at) is not distinct from (sjyxbs = 1, cast(sjsczt as smallint), words, at) then return; end if;
      insert into exchange_receipts (lsh, valid, state, reason, taken_at) values (spgl_answer.lsh, sjyxbs = 1, cast(sjsczt as smallint), words, at);
    end $$;

    revoke all on function spgl_answer from public;
    grant execute on function spgl_answer to mingdan_exchange;
    grant select on spgl_zjfwsxblxxb, spgl_zjfwsxblgcxxb to mingdan_exchange;
    revoke update, delete on exchange_rows, national_codes from mingdan_app;
    revoke insert, update, delete on exchange_receipts, exchange_standing, spgl_zjfwsxblxxb, spgl_zjfwsxblgcxxb from mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
