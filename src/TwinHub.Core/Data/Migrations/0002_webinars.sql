-- Webinars by invitation: who is asked, what they answered, the mail that asks them and the mail that comes back.

-- Somebody from outside, invited by address: sees the webinars of the invitations and nothing else, and cannot sign in
-- until a facilitator adds the person to an organisation.
alter table people add column guest boolean not null default false;
alter table people add column invited_by uuid references people;
create index on people (invited_by, created_at) where guest;

-- The envelope's sender, who gets the bounces and whose mailbox From is. Null: the hub's own address.
alter table emails add column envelope_from text;

-- Where a person's calendar answers in a network (invitations, Decided): rsvp+token@. It stands in the clear, because every
-- later message about the same webinar must name it again; it answers for one person and nothing more.
create table rsvp_addresses (
    token text primary key check (token ~ '^[a-z0-9]{26,59}$'),
    network_id uuid not null references networks,
    person_id uuid not null references people,
    created_at timestamptz not null,
    replaced_at timestamptz,
    revoked_at timestamptz
);
create unique index on rsvp_addresses (network_id, person_id) where replaced_at is null and revoked_at is null;

create table webinars (
    id uuid primary key,
    network_id uuid not null references networks,
    organiser_id uuid not null references people,
    uid text not null unique check (length(uid) between 1 and 254),
    sequence integer not null default 0 check (sequence >= 0),
    version integer not null default 1 check (version >= 1),
    state text not null check (state in ('draft', 'scheduled', 'cancelled')),
    title text not null check (length(title) between 1 and 200),
    starts_local timestamp not null,
    time_zone text not null,
    duration_minutes integer not null check (duration_minutes between 5 and 1440),
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    location text not null default '' check (length(location) <= 200),
    join_url text check (length(join_url) <= 2000),
    context text not null default '' check (length(context) <= 4000),
    aims text[] not null default '{}',
    audience text not null default '' check (length(audience) <= 500),
    capacity integer check (capacity between 1 and 10000),
    created_at timestamptz not null,
    scheduled_at timestamptz,
    cancelled_at timestamptz,
    check (state = 'draft' or scheduled_at is not null),
    check ((state = 'cancelled') = (cancelled_at is not null))
);
create index on webinars (network_id, starts_at);
create index on webinars (organiser_id);

-- One a person and webinar, also when they are invited again after having been taken off.
create table invitations (
    id uuid primary key,
    webinar_id uuid not null references webinars,
    person_id uuid not null references people,
    group_id uuid references twinning_groups,
    rsvp_token text references rsvp_addresses,
    sequence integer not null default 0,
    response text not null default 'none' check (response in ('none', 'accepted', 'tentative', 'declined', 'waiting')),
    responded_at timestamptz,
    via text check (via in ('link', 'calendar', 'page')),
    holds_seat boolean not null default false,
    waiting_since timestamptz,
    reply_sequence integer,
    reply_stamp timestamptz,
    reply_response text,
    first_email_id uuid references emails,
    email_id uuid references emails,
    invited_at timestamptz not null,
    removed_at timestamptz,
    unique (webinar_id, person_id),
    check ((response = 'none') = (via is null)),
    check ((response = 'waiting') = (waiting_since is not null)),
    check (response <> 'accepted' or holds_seat),
    check (not holds_seat or response in ('accepted', 'none'))
);
create index on invitations (person_id);
create index on invitations (webinar_id, waiting_since) where response = 'waiting';
create index on invitations (email_id);

-- Links in mails: repeatable, so that only their hash is kept, and of one purpose each.
create table invitation_links (
    hash bytea primary key,
    invitation_id uuid not null references invitations,
    purpose text not null check (purpose in ('answer', 'room', 'unsubscribe')),
    created_at timestamptz not null
);
create index on invitation_links (invitation_id);

-- What came from a mail server: stored first, worked off afterwards. The same mail is stored once.
create table inbound_mails (
    id uuid primary key,
    digest bytea not null unique,
    content bytea not null,
    envelope_from text not null default '',
    envelope_to text not null default '',
    message_id text,
    received_at timestamptz not null,
    attempts integer not null default 0,
    next_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
    outcome text,
    detail text,
    webinar_id uuid references webinars,
    settled_at timestamptz,
    check ((state = 'waiting') = (outcome is null))
);
create index on inbound_mails (next_at) where state = 'waiting';
create index on inbound_mails (message_id);
create index on inbound_mails (webinar_id);

-- Everything that happened to an invitation, and every answer that changed nothing and why: what an organiser can read.
create table invitation_log (
    id bigint generated always as identity primary key,
    webinar_id uuid not null references webinars,
    invitation_id uuid references invitations,
    at timestamptz not null,
    via text,
    response text,
    outcome text not null,
    detail text,
    inbound_id uuid references inbound_mails
);
create index on invitation_log (webinar_id, id);
create index on invitation_log (invitation_id);

-- What must be said later (part 3 shares it): a row a subject, recipient and step. A move begins a new round.
create table reminders (
    id uuid primary key,
    kind text not null,
    subject_id uuid not null,
    person_id uuid not null references people,
    step text not null,
    round integer not null default 0,
    due_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'cancelled', 'missed')),
    settled_at timestamptz,
    email_id uuid references emails,
    unique (kind, subject_id, person_id, step, round)
);
create index on reminders (due_at) where state = 'waiting';
create index on reminders (subject_id, person_id) where state = 'waiting';

-- Who wants no reminders of a kind any more.
create table unsubscribed (
    person_id uuid not null references people,
    kind text not null,
    at timestamptz not null,
    primary key (person_id, kind)
);

-- Writes that make mail may be repeated safely: the answer of the first is kept for a day (contract, Common rules).
create table idempotency_keys (
    person_id uuid not null references people,
    key text not null check (length(key) between 1 and 200),
    request bytea not null,
    status integer,
    response text,
    created_at timestamptz not null,
    primary key (person_id, key)
);
create index on idempotency_keys (created_at);

-- A person's calendar to subscribe to: one living address each.
create table calendar_feeds (
    hash bytea primary key,
    person_id uuid not null references people,
    created_at timestamptz not null,
    revoked_at timestamptz
);
create unique index on calendar_feeds (person_id) where revoked_at is null;
