-- The register, what fills it, and what chases it: plan, reviews, lessons, contributions, quarterly updates.

-- The month in which the network's year begins, and its steps in days around a due day (domain, section 5).
alter table networks
    add column year_starts_in integer not null default 1 check (year_starts_in between 1 and 12),
    add column steps_before integer[] not null default '{14,3}' check (cardinality(steps_before) <= 5),
    add column steps_after integer[] not null default '{1,7}' check (cardinality(steps_after) between 1 and 5),
    add column missed_after integer not null default 21 check (missed_after between 2 and 90);

-- Days a network adds to what is known of a country, or takes away from it (announced late, or moved).
create table network_holidays (
    network_id uuid not null references networks,
    country text not null check (country ~ '^[A-Z]{2}$'),
    day date not null,
    name text not null check (length(name) between 1 and 120),
    closed boolean not null,
    primary key (network_id, country, day)
);

-- The sparkline of a group's talk reads the newest weeks only.
create index messages_sent_at on messages using brin (sent_at);

-- Plan -------------------------------------------------------------------------------------------------------------

create table objectives (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    text text not null check (length(text) between 1 and 500),
    indicator text not null default '' check (length(indicator) <= 500),
    baseline text not null default '' check (length(baseline) <= 200),
    target text not null default '' check (length(target) <= 200),
    due_on date,
    created_by uuid not null references people,
    created_at timestamptz not null,
    removed_at timestamptz
);
create index on objectives (group_id);

create table milestones (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    title text not null check (length(title) between 1 and 200),
    meaning text not null default '' check (length(meaning) <= 2000),
    due_on date not null,
    reached_on date,
    created_by uuid not null references people,
    created_at timestamptz not null,
    removed_at timestamptz
);
create index on milestones (group_id, due_on);

-- A milestone's review, or the final one of a group (no milestone). When answers open follows from answers and due day.
create table milestone_reviews (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    milestone_id uuid references milestones,
    opens_on date not null,
    due_on date not null check (due_on > opens_on),
    -- When the last partner answered; answers also open when the due day has passed.
    complete_at timestamptz,
    conclusion text not null default '' check (length(conclusion) <= 10000),
    concluded_by uuid references people,
    concluded_at timestamptz,
    created_at timestamptz not null,
    cancelled_at timestamptz,
    unique (milestone_id)
);
create unique index on milestone_reviews (group_id) where milestone_id is null;
create index on milestone_reviews (group_id, due_on);

create table activities (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    title text not null check (length(title) between 1 and 200),
    kind text not null check (length(kind) between 1 and 40),
    starts_on date not null,
    ends_on date not null check (ends_on >= starts_on),
    state text not null check (state in ('planned', 'begun', 'done', 'cancelled')),
    begun_on date,
    done_on date,
    -- The partner that leads it and so gives; the person it is assigned to.
    organisation_id uuid references organisations,
    assignee_id uuid references people,
    objective_id uuid references objectives,
    milestone_id uuid references milestones,
    -- A next step that a review asked for.
    review_id uuid references milestone_reviews,
    created_by uuid not null references people,
    created_at timestamptz not null,
    changed_at timestamptz not null
);
create index on activities (group_id, starts_on);

-- Reviews ------------------------------------------------------------------------------------------------------------

-- Who owes an answer: written down at the first one, so that whoever leaves still owes it until the answers open.
create table review_partners (
    review_id uuid not null references milestone_reviews,
    organisation_id uuid not null references organisations,
    primary key (review_id, organisation_id)
);

create table review_answers (
    review_id uuid not null references milestone_reviews,
    organisation_id uuid not null references organisations,
    person_id uuid not null references people,
    went_well text not null check (length(went_well) between 1 and 10000),
    strengthen text not null check (length(strengthen) between 1 and 10000),
    answered_at timestamptz not null,
    changed_at timestamptz not null,
    version integer not null default 1,
    late boolean not null default false,
    primary key (review_id, organisation_id)
);

-- Progress of an objective as one partner sees it: 0 not begun, 4 reached.
create table review_ratings (
    review_id uuid not null,
    organisation_id uuid not null,
    objective_id uuid not null references objectives,
    rating integer not null check (rating between 0 and 4),
    primary key (review_id, organisation_id, objective_id),
    foreign key (review_id, organisation_id) references review_answers
);

-- Lessons ------------------------------------------------------------------------------------------------------------

-- Written where they happen: a message, review or webinar marked as one, or written by hand.
create table lessons (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    kind text not null check (kind in ('lesson', 'practice', 'decision')),
    text text not null check (length(text) between 1 and 4000),
    source_kind text check (source_kind in ('message', 'review', 'webinar')),
    source_id uuid,
    organisation_id uuid references organisations,
    person_id uuid not null references people,
    happened_at timestamptz not null,
    created_at timestamptz not null,
    removed_at timestamptz,
    check ((source_kind is null) = (source_id is null))
);
create index on lessons (group_id, happened_at);
-- Several groups may learn from one webinar.
create unique index on lessons (group_id, source_id, kind) where removed_at is null and source_id is not null;

-- Who at home must hear of it, by when, and that it happened (seed 001, dissemination).
create table disseminations (
    id uuid primary key,
    lesson_id uuid not null references lessons,
    organisation_id uuid not null references organisations,
    audience text not null check (length(audience) between 1 and 300),
    due_on date not null,
    done_on date,
    done_by uuid references people,
    note text not null default '' check (length(note) <= 1000),
    created_by uuid not null references people,
    created_at timestamptz not null
);
create index on disseminations (lesson_id);

-- Contributions --------------------------------------------------------------------------------------------------------

-- What one partner gave and another gained; the receiving side confirms.
create table contributions (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    giver_id uuid not null references organisations,
    receiver_id uuid not null references organisations check (receiver_id <> giver_id),
    text text not null check (length(text) between 1 and 500),
    happened_on date not null,
    source_kind text check (source_kind in ('activity', 'document', 'webinar')),
    source_id uuid,
    proposed_by uuid references people,
    proposed_at timestamptz not null,
    state text not null check (state in ('proposed', 'confirmed', 'declined')),
    settled_by uuid references people,
    settled_at timestamptz,
    check ((source_kind is null) = (source_id is null)),
    check ((state = 'proposed') = (settled_at is null))
);
create index on contributions (group_id, happened_on);
create unique index on contributions (group_id, source_id, giver_id, receiver_id) where source_id is not null;

-- Register -------------------------------------------------------------------------------------------------------------

-- What a group says of itself in the fields of the network that no record fills, such as the arrangement.
create table register_texts (
    group_id uuid not null references twinning_groups,
    field text not null check (length(field) between 1 and 40),
    text text not null check (length(text) <= 10000),
    person_id uuid not null references people,
    changed_at timestamptz not null,
    primary key (group_id, field)
);

-- One a group and quarter, from the day it opens. Future, open, late and missed follow from the days; only what people did is stored.
create table quarterly_updates (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    quarter text not null check (quarter ~ '^[0-9]{4}-Q[1-4]$'),
    starts_on date not null,
    opens_on date not null,
    due_on date not null,
    version integer not null default 1,
    no_change boolean not null default false,
    summary text not null default '' check (length(summary) <= 10000),
    best_practices text not null default '' check (length(best_practices) <= 10000),
    lessons_learned text not null default '' check (length(lessons_learned) <= 10000),
    contacts text not null default '' check (length(contacts) <= 2000),
    opened_at timestamptz not null,
    changed_at timestamptz not null,
    submitted_at timestamptz,
    submitted_by uuid references people,
    submitted_via text check (submitted_via in ('page', 'mail', 'api')),
    unique (group_id, quarter),
    check ((submitted_at is null) = (submitted_by is null)),
    check ((submitted_at is null) = (submitted_via is null))
);
create index on quarterly_updates (due_on) where submitted_at is null;
create index on quarterly_updates (group_id, starts_on);

-- The lines of a draft that somebody changed, left out or added; at submission all of them. What is not here is read from
-- the records it tells of. A line of the draft keeps its facts and is told in the reader's language until somebody rewrites it.
create table update_items (
    update_id uuid not null references quarterly_updates,
    kind text not null check (kind in ('activity_begun', 'activity_done', 'webinar', 'stock', 'milestone', 'review', 'document', 'lesson', 'practice', 'decision', 'note')),
    source_id uuid not null,
    position integer not null default 0,
    facts jsonb not null default '{}',
    text text check (length(text) between 1 and 4000),
    included boolean not null default true,
    person_id uuid references people,
    primary key (update_id, kind, source_id)
);

-- Everything that happened to an update: who, when, by which way.
create table update_log (
    id bigint generated always as identity primary key,
    update_id uuid not null references quarterly_updates,
    at timestamptz not null,
    person_id uuid references people,
    what text not null check (what in ('opened', 'changed', 'submitted', 'undone')),
    via text
);
create index on update_log (update_id, id);

-- Searching the register -----------------------------------------------------------------------------------------------

-- What people wrote, as it is looked for: upper and lower case, accents, Arabic vowel signs and letter shapes and the three
-- sets of digits fall together, signs part words. Core/Text/SearchWords.cs folds what is typed in the same way.
create function folded(written text) returns text language sql immutable strict parallel safe return
    translate(lower(regexp_replace(regexp_replace(normalize(written, nfkd), '[\u0300-\u036F\u0640\u064B-\u065F\u0670]', '', 'g'),
        '[!-/:-@\[-`{-~\u00A0-\u00BF\u060C\u061B\u061F\u2010-\u2027\u202F-\u205E]', ' ', 'g')),
        'ıىیةٱک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'iييهاك01234567890123456789');

create function words_of(written text) returns tsvector language sql immutable parallel safe return
    to_tsvector('pg_catalog.simple'::regconfig, coalesce(folded(written), ''));

-- A text of several languages as one.
create function all_languages(names jsonb) returns text language sql immutable parallel safe return
    (select coalesce(string_agg(value, ' '), '') from jsonb_each_text(names));

alter table organisations add column words tsvector generated always as (words_of(all_languages(names) || ' ' || all_languages(city))) stored;
alter table twinning_groups add column words tsvector generated always as (words_of(all_languages(names) || ' ' || all_languages(themes))) stored;
alter table activities add column words tsvector generated always as (words_of(title)) stored;
alter table lessons add column words tsvector generated always as (words_of(text)) stored;
alter table register_texts add column words tsvector generated always as (words_of(text)) stored;
-- The words of practices are marked A and those of lessons B, so that each can be looked for alone.
alter table quarterly_updates add column words tsvector generated always as
    (setweight(words_of(best_practices), 'A') || setweight(words_of(lessons_learned), 'B') || words_of(summary || ' ' || contacts)) stored;
alter table update_items add column words tsvector generated always as (words_of(text)) stored;
create index on activities using gin (words);
create index on lessons using gin (words) where removed_at is null;
create index on register_texts using gin (words);
create index on quarterly_updates using gin (words) where submitted_at is not null;
create index on update_items using gin (words);

-- The chase ------------------------------------------------------------------------------------------------------------

-- Which partner a reminder is answered for, and when it should have been said first. Of two due on one day the later step wins.
alter table reminders
    add column organisation_id uuid references organisations,
    add column planned_at timestamptz;
alter table reminders drop constraint reminders_state_check;
alter table reminders add constraint reminders_state_check check (state in ('waiting', 'sent', 'cancelled', 'missed', 'superseded'));
create index on reminders (kind, subject_id);

-- Links in mails to a person about something else than an invitation: only the hash is kept, each of one purpose.
create table person_links (
    hash bytea primary key,
    person_id uuid not null references people,
    purpose text not null check (purpose in ('register', 'unsubscribe', 'alive')),
    -- What it is about: an update, a group; or the kind of mail that it stops.
    subject_id uuid,
    kind text,
    created_at timestamptz not null
);
create index on person_links (subject_id);

-- What leads answered when their group had been silent: going well, help wanted, to be paused.
create table alive_answers (
    group_id uuid not null references twinning_groups,
    person_id uuid not null references people,
    answer text not null check (answer in ('well', 'help', 'pause')),
    answered_at timestamptz not null,
    primary key (group_id, person_id, answered_at)
);

-- What facilitators sent by hand: a nudge about what is owed, or a message to many.
create table nudges (
    id uuid primary key,
    network_id uuid not null references networks,
    group_id uuid not null references twinning_groups,
    person_id uuid not null references people,
    sent_by uuid not null references people,
    sent_at timestamptz not null,
    about text not null check (about in ('register', 'review', 'message')),
    -- The update or review that is owed; of a message what all its mails share, so that a second press sends none.
    subject_id uuid not null,
    text text not null default '' check (length(text) <= 4000),
    email_id uuid references emails
);
create index on nudges (group_id, sent_at);
create index on nudges (subject_id, person_id);

-- The history of a group reads who came and went there.
create index on audit_log (split_part(subject, ' ', 1)) where action like 'member.%' or action like 'group.%';
