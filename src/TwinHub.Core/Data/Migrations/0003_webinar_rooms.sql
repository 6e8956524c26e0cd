-- Around a webinar: a date found together, series, the agenda, the room, who was there, and what came of it.

-- Several webinars planned at once ("every first Tuesday"). Each is a webinar of its own, with its own place in calendars.
create table webinar_series (
    id uuid primary key,
    network_id uuid not null references networks,
    organiser_id uuid not null references people,
    pattern text not null check (pattern in ('weekly', 'fortnightly', 'monthly-day', 'monthly-weekday')),
    created_at timestamptz not null
);

alter table webinars
    add column series_id uuid references webinar_series,
    -- When the invitations of a draft go out by themselves; null: somebody sends them.
    add column publish_at timestamptz,
    add column language text check (language in ('en', 'fr', 'ar', 'tr')),
    add column theme text not null default '' check (length(theme) <= 200),
    -- Since when the invitees are asked which of the proposed dates suit them.
    add column dates_asked_at timestamptz,
    add column minutes text not null default '' check (length(minutes) <= 20000),
    add column recording_url text check (length(recording_url) <= 2000),
    add column followed_up_at timestamptz,
    add check (publish_at is null or state = 'draft');
create index on webinars (publish_at) where publish_at is not null;
create index on webinars (series_id, starts_at) where series_id is not null;

alter table invitation_links drop constraint invitation_links_purpose_check;
alter table invitation_links add constraint invitation_links_purpose_check check (purpose in ('answer', 'room', 'unsubscribe', 'date', 'survey'));

-- Candidate times of a draft, and which of them suit whom.
create table proposed_dates (
    id uuid primary key,
    webinar_id uuid not null references webinars,
    starts_local timestamp not null,
    starts_at timestamptz not null,
    unique (webinar_id, starts_at)
);
create table date_answers (
    date_id uuid not null references proposed_dates on delete cascade,
    invitation_id uuid not null references invitations,
    answer text not null check (answer in ('yes', 'maybe', 'no')),
    answered_at timestamptz not null,
    primary key (date_id, invitation_id)
);
create index on date_answers (invitation_id);

-- The agenda. One slot at most is the present one: it has begun and not ended.
create table agenda_slots (
    id uuid primary key,
    webinar_id uuid not null references webinars,
    position integer not null check (position >= 0),
    kind text not null check (kind in ('talk', 'stock')),
    title text not null check (length(title) between 1 and 200),
    speaker text not null default '' check (length(speaker) <= 200),
    minutes integer not null check (minutes between 1 and 480),
    group_id uuid references twinning_groups,
    began_at timestamptz,
    ended_at timestamptz,
    check ((kind = 'stock') = (group_id is not null)),
    check (ended_at is null or began_at is not null),
    unique (webinar_id, position) deferrable initially deferred
);
create unique index on agenda_slots (webinar_id) where began_at is not null and ended_at is null;
create unique index on agenda_slots (webinar_id, group_id) where group_id is not null;

-- What a group said when stock was taken: the same words stand in its discussion.
create table stock_updates (
    message_id uuid primary key references messages,
    slot_id uuid not null references agenda_slots,
    person_id uuid not null references people,
    body text not null check (length(body) between 1 and 2000),
    at timestamptz not null
);
create index on stock_updates (slot_id, at);

-- A guest's way into the room: a session that sees one webinar and nothing else (invitations, Decided).
create table room_sessions (
    id uuid primary key,
    hash bytea not null unique,
    invitation_id uuid not null references invitations,
    created_at timestamptz not null
);
create index on room_sessions (invitation_id);

-- Attendance as intervals. An open one is renewed while its person is connected, and closed where it was last renewed.
create table room_visits (
    id uuid primary key,
    webinar_id uuid not null references webinars,
    person_id uuid not null references people,
    via text not null check (via in ('room', 'meeting', 'organiser')),
    joined_at timestamptz not null,
    seen_at timestamptz not null check (seen_at >= joined_at),
    left_at timestamptz check (left_at >= joined_at),
    check (left_at is not null or via = 'room')
);
create unique index on room_visits (webinar_id, person_id) where left_at is null;
create index on room_visits (webinar_id, person_id, joined_at);
create index on room_visits (seen_at) where left_at is null;

create table room_hands (
    webinar_id uuid not null references webinars,
    person_id uuid not null references people,
    raised_at timestamptz not null,
    primary key (webinar_id, person_id)
);

create table room_questions (
    id uuid primary key,
    webinar_id uuid not null references webinars,
    person_id uuid not null references people,
    body text not null check (length(body) between 1 and 500),
    asked_at timestamptz not null,
    answered_at timestamptz,
    hidden_at timestamptz
);
create index on room_questions (webinar_id, asked_at);

create table question_votes (
    question_id uuid not null references room_questions,
    person_id uuid not null references people,
    at timestamptz not null,
    primary key (question_id, person_id)
);

create table room_polls (
    id uuid primary key,
    webinar_id uuid not null references webinars,
    question text not null check (length(question) between 1 and 300),
    choices text[] not null check (cardinality(choices) between 2 and 6),
    opened_at timestamptz not null,
    closed_at timestamptz
);
create index on room_polls (webinar_id, opened_at);

create table poll_votes (
    poll_id uuid not null references room_polls,
    person_id uuid not null references people,
    choice integer not null check (choice between 0 and 5),
    at timestamptz not null,
    primary key (poll_id, person_id)
);

-- What goes with a webinar: addresses of slides, papers and the like.
create table webinar_materials (
    id uuid primary key,
    webinar_id uuid not null references webinars,
    title text not null check (length(title) between 1 and 200),
    url text not null check (length(url) between 1 and 2000),
    added_at timestamptz not null
);
create index on webinar_materials (webinar_id, added_at);

-- Three questions afterwards, one answer a person.
create table survey_answers (
    webinar_id uuid not null references webinars,
    person_id uuid not null references people,
    useful integer not null check (useful between 1 and 5),
    takes_home text not null default '' check (length(takes_home) <= 1000),
    better text not null default '' check (length(better) <= 1000),
    answered_at timestamptz not null,
    primary key (webinar_id, person_id)
);
