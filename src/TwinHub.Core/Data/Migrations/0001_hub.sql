-- The first schema: who is twinned with whom, how they sign in, what they say, and the mail that waits to leave.

create table installation (
    only_row boolean primary key default true check (only_row),
    demo boolean not null,
    clock_offset interval not null default interval '0',
    posting_limits boolean not null default true,
    created_at timestamptz not null
);

-- Who ------------------------------------------------------------------------------------------------------------

create table networks (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
    template text not null check (template in ('hosts', 'resettlement', 'platforms')),
    tag text not null check (length(tag) between 1 and 20),
    names jsonb not null,
    time_zone text not null,
    created_at timestamptz not null
);

create table organisations (
    id uuid primary key,
    network_id uuid not null references networks,
    kind text not null,
    names jsonb not null,
    city jsonb,
    country text check (country ~ '^[A-Z]{2}$'),
    initials text not null check (length(initials) between 1 and 3),
    latitude double precision check (latitude between -90 and 90),
    longitude double precision check (longitude between -180 and 180),
    time_zone text not null,
    languages text[] not null default '{}',
    created_at timestamptz not null
);
create index on organisations (network_id);

create table people (
    id uuid primary key,
    email text not null unique check (email = lower(email) and length(email) <= 254),
    name text not null check (length(name) between 1 and 120),
    language text not null check (language in ('en', 'fr', 'ar', 'tr')),
    time_zone text not null,
    scheme text not null default 'auto' check (scheme in ('auto', 'light', 'dark')),
    created_at timestamptz not null,
    disabled_at timestamptz
);

create table organisation_people (
    organisation_id uuid not null references organisations,
    person_id uuid not null references people,
    since timestamptz not null,
    primary key (organisation_id, person_id)
);
create index on organisation_people (person_id);

create table network_roles (
    network_id uuid not null references networks,
    person_id uuid not null references people,
    role text not null check (role in ('facilitator', 'maintainer')),
    primary key (network_id, person_id, role)
);
create index on network_roles (person_id);

-- The names of the organisation a person joined first: what stands under a person's own name.
create function first_organisation(person uuid) returns jsonb language sql stable as $$
    select o.names from organisation_people op join organisations o on o.id = op.organisation_id
    where op.person_id = person order by op.since, op.organisation_id limit 1
$$;

-- Groups ---------------------------------------------------------------------------------------------------------

create table twinning_groups (
    id uuid primary key,
    network_id uuid not null references networks,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
    names jsonb,
    themes jsonb not null,
    basis text not null check (basis in ('formal', 'informal')),
    concept text check (concept in ('A', 'B1', 'B2', 'B3')),
    status text not null check (status in ('proposed', 'active', 'paused', 'completed', 'endedEarly')),
    starts_on date,
    ends_on date,
    created_at timestamptz not null
);
create index on twinning_groups (network_id);

create table group_partners (
    group_id uuid not null references twinning_groups,
    organisation_id uuid not null references organisations,
    position integer not null,
    hue text not null,
    primary key (group_id, organisation_id),
    unique (group_id, position),
    unique (group_id, hue)
);

create table memberships (
    group_id uuid not null references twinning_groups,
    person_id uuid not null references people,
    organisation_id uuid not null references organisations,
    roles text[] not null check (cardinality(roles) > 0
        and roles <@ array['lead', 'responsible', 'correspondent', 'reviewer', 'member', 'observer']),
    since timestamptz not null,
    primary key (group_id, person_id)
);
create index on memberships (person_id);

-- Talk -----------------------------------------------------------------------------------------------------------

create table channels (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    name text not null,
    revision bigint not null default 0 check (revision >= 0)
);
create index on channels (group_id);

create table messages (
    id uuid primary key,
    channel_id uuid not null references channels,
    author_id uuid not null references people,
    organisation_id uuid references organisations,
    client_message_id uuid not null,
    posted bigint not null,
    revision bigint not null,
    body text not null,
    sent_at timestamptz not null,
    edited_at timestamptz,
    deleted boolean not null default false,
    unique (channel_id, author_id, client_message_id),
    unique (channel_id, posted),
    unique (channel_id, revision)
);

create table read_positions (
    channel_id uuid not null references channels,
    person_id uuid not null references people,
    revision bigint not null,
    primary key (channel_id, person_id)
);

-- Who may read and write in a channel: the one rule that append, pages and hub all ask. Members read and, unless they
-- only observe, write; the network's facilitators read and write in every group of their network.
create function channel_access(channel uuid, person uuid)
returns table (group_id uuid, organisation_id uuid, can_write boolean, facilitates boolean)
language sql stable as $$
    select g.id,
           coalesce(m.organisation_id, (
               select op.organisation_id from organisation_people op join organisations o on o.id = op.organisation_id
               where op.person_id = p.id order by (o.network_id = g.network_id) desc, op.since, op.organisation_id limit 1)),
           r.person_id is not null or not (m.roles <@ array['observer']),
           r.person_id is not null
    from channels c
    join twinning_groups g on g.id = c.group_id
    join people p on p.id = person and p.disabled_at is null
    left join memberships m on m.group_id = g.id and m.person_id = p.id
    left join network_roles r on r.network_id = g.network_id and r.person_id = p.id and r.role = 'facilitator'
    where c.id = channel and (m.person_id is not null or r.person_id is not null)
$$;

-- Presence is a convenience and may be lost: unlogged.
create unlogged table nodes (
    id uuid primary key,
    beat_at timestamptz not null
);
create unlogged table presence (
    node_id uuid not null references nodes on delete cascade,
    person_id uuid not null,
    primary key (node_id, person_id)
);
create index on presence (person_id);

-- Signing in -----------------------------------------------------------------------------------------------------

create table sign_in_links (
    hash bytea primary key,
    person_id uuid not null references people,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index on sign_in_links (person_id, created_at);

-- Who asked for a link: one row for every address, known or not, so that asking takes the same time for all.
create table sign_in_requests (
    id uuid primary key,
    email text not null,
    address text,
    asked_at timestamptz not null,
    answered_at timestamptz
);
create index on sign_in_requests (email, asked_at);
create index on sign_in_requests (address, asked_at);
create index on sign_in_requests (asked_at) where answered_at is null;

create table sessions (
    id uuid primary key,
    hash bytea not null unique,
    person_id uuid not null references people,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    device text not null
);
create index on sessions (person_id);

create table access_tokens (
    id uuid primary key,
    hash bytea not null unique,
    person_id uuid not null references people,
    name text not null check (length(name) between 1 and 80),
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz
);
create index on access_tokens (person_id);

create table audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor_id uuid,
    action text not null,
    subject text,
    address text
);

create table data_protection_keys (
    name text primary key,
    xml text not null
);

-- Mail and jobs ----------------------------------------------------------------------------------------------------

create table emails (
    id uuid primary key,
    message_id text not null unique,
    recipient text not null,
    kind text not null,
    language text not null,
    subject text not null,
    about jsonb not null,
    reason text,
    content bytea not null,
    state text not null default 'queued'
        check (state in ('queued', 'sending', 'sent', 'bounced', 'failed', 'missed', 'cancelled')),
    attempts integer not null default 0,
    next_at timestamptz not null,
    lease_until timestamptz,
    last_error text,
    created_at timestamptz not null,
    sent_at timestamptz
);
create index emails_pending on emails (next_at) where state in ('queued', 'sending');

-- What the demo mailbox received: one row a delivery, so that a mail delivered twice would show twice.
create table mailbox (
    id uuid primary key,
    email_id uuid not null references emails,
    content bytea not null,
    received_at timestamptz not null
);

create table job_runs (
    id bigint generated always as identity primary key,
    job text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    items integer not null default 0,
    error text
);
create index on job_runs (job, started_at);
