import type { Knex } from 'knex'

/** A hold of the regulator gives back what it took: of an award's clocks, of the time to explain a price, of answers and of shares. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Until when low prices may be explained, where a hold has moved it; else that is until the order may be decided.
    alter table tender_openings add column explain_until timestamptz check (explain_until > decides_after);

    -- That nobody has a result by the announced day is told once.
    alter table tenders add column overdue_told_at timestamptz;
    create index tenders_to_announce on tenders (announce_by) where settled_at is null and overdue_told_at is null;

    -- These instants are facts of their acts, and move by the ending of a hold alone: forwards, and not without one.
    create function keep_given_back() returns trigger language plpgsql as $$
    declare
      was jsonb := to_jsonb(old);
      is_now jsonb := to_jsonb(new);
      ended timestamptz;
      clock text;
    begin
      select max(ended_at) into ended from suspension_endings where tender_id = new.tender_id;
      foreach clock in array tg_argv loop
        if is_now ->> clock is distinct from was ->> clock then
          if ended is null then raise exception 'No hold has ended that could have stopped this clock.'; end if;
          if (is_now ->> clock)::timestamptz is null or (is_now ->> clock)::timestamptz <= (was ->> clock)::timestamptz then raise exception 'A clock is given time back, and none is taken.'; end if;
        end if;
      end loop;
      return new;
    end $$;
    create trigger awards_given_back before update of publicity_ends_at, decline_until, objections_until on awards for each row execute function keep_given_back('publicity_ends_at', 'decline_until', 'objections_until');
    create trigger openings_given_back before update of explain_until on tender_openings for each row execute function keep_given_back('explain_until');
    create trigger pools_given_back before update of release_by on draw_pools for each row execute function keep_given_back('release_by');
    create trigger objections_given_back before update of answer_by on tender_objections for each row execute function keep_given_back('answer_by');
    create trigger questions_given_back before update of answer_by on tender_questions for each row execute function keep_given_back('answer_by');

    grant update (publicity_ends_at, decline_until, objections_until) on awards to mingdan_app;
    grant update (explain_until) on tender_openings to mingdan_app;
    grant update (release_by) on draw_pools to mingdan_app;
    grant update (answer_by) on tender_objections, tender_questions to mingdan_app;
  `)
}

export async function down(): Promise<void> {
  throw new Error('Migrations are only added.')
}
