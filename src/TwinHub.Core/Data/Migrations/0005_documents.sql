-- Shared documents and pictures. Bytes lie in a store by their SHA-256 (Core/Documents/IDocumentStore); the rows here say who
-- may see them under which name. A row is only written when its bytes are there, and bytes without a row are swept away.

-- What was stored: one row for equal bytes, however often they are shared.
create table file_contents (
    hash bytea primary key check (length(hash) = 32),
    size bigint not null check (size >= 0),
    -- By content, not by name.
    type text not null,
    width integer check (width > 0),
    height integer check (height > 0),
    -- Reading is what makes previews and text of it: waits, is done, or failed for good.
    reading text not null default 'waiting' check (reading in ('waiting', 'done', 'failed')),
    attempts integer not null default 0,
    next_reading_at timestamptz not null,
    text text,
    pages integer,
    created_at timestamptz not null
);
create index on file_contents (next_reading_at) where reading = 'waiting';

-- Small pictures of pictures and first pages.
create table content_previews (
    hash bytea not null references file_contents on delete cascade,
    size text not null check (size in ('small', 'large')),
    type text not null,
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    bytes bytea not null,
    primary key (hash, size)
);

-- A file that is being sent, piece by piece. What has arrived lies in a file of its own beside the store.
create table uploads (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    person_id uuid not null references people,
    name text not null,
    size bigint not null check (size >= 0),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    -- What became of it, so that an end that is told twice happens once.
    finished_at timestamptz,
    result_id uuid
);
create index on uploads (expires_at);
create index on uploads (group_id) where finished_at is null;

-- Bytes that a group keeps, old versions, the bin and attachments too.
create table group_storage (
    group_id uuid primary key references twinning_groups,
    bytes bigint not null check (bytes >= 0)
);

create table document_folders (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    parent_id uuid references document_folders,
    name text not null check (length(name) between 1 and 120),
    created_by uuid not null references people,
    created_at timestamptz not null
);
create unique index on document_folders (group_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), lower(name));

create table documents (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    folder_id uuid references document_folders,
    name text not null check (length(name) between 1 and 200),
    description text not null default '' check (length(description) <= 2000),
    -- In which language it is written; null: not said.
    language text check (language in ('en', 'fr', 'ar', 'tr')),
    -- The newest version's number and bytes; versions are only ever added.
    version integer not null check (version >= 1),
    hash bytea not null references file_contents,
    created_by uuid not null references people,
    created_at timestamptz not null,
    changed_by uuid not null references people,
    changed_at timestamptz not null,
    deleted_at timestamptz,
    deleted_by uuid references people,
    words tsvector not null default ''
);
create index on documents (group_id, folder_id, lower(name), id) where deleted_at is null;
create index on documents (group_id, changed_at desc, id) where deleted_at is null;
create index on documents (group_id, deleted_at) where deleted_at is not null;
create index on documents (hash);
create index on documents (folder_id);
create index on documents using gin (words) where deleted_at is null;

create table document_versions (
    document_id uuid not null references documents on delete cascade,
    number integer not null check (number >= 1),
    hash bytea not null references file_contents,
    size bigint not null,
    -- The name of the file as it was sent.
    file_name text not null check (length(file_name) between 1 and 200),
    person_id uuid not null references people,
    organisation_id uuid references organisations,
    created_at timestamptz not null,
    -- The version whose bytes these are again.
    restored_from integer,
    primary key (document_id, number)
);
create index on document_versions (hash);

create table document_comments (
    id uuid primary key,
    document_id uuid not null references documents on delete cascade,
    version integer not null,
    person_id uuid not null references people,
    organisation_id uuid references organisations,
    body text not null check (length(body) between 1 and 4000),
    created_at timestamptz not null,
    deleted_at timestamptz
);
create index on document_comments (document_id, created_at);

-- Who has seen which version last.
create table document_views (
    document_id uuid not null references documents on delete cascade,
    person_id uuid not null references people,
    version integer not null,
    seen_at timestamptz not null,
    primary key (document_id, person_id)
);

-- A file with a message: bytes of its own, or a document of the group as it stands.
create table attachments (
    id uuid primary key,
    group_id uuid not null references twinning_groups,
    person_id uuid not null references people,
    message_id uuid references messages,
    position integer not null default 0,
    name text not null check (length(name) between 1 and 200),
    hash bytea references file_contents,
    size bigint not null,
    document_id uuid references documents on delete set null,
    version integer,
    -- The picture is a small one that was sent first; its full size may follow.
    is_reduced boolean not null default false,
    created_at timestamptz not null,
    -- Neither: the document it showed is gone for good, and its name alone is left.
    check (hash is null or (document_id is null and version is null))
);
create index on attachments (message_id, position);
create index on attachments (hash);
create index on attachments (document_id);
create index on attachments (created_at) where message_id is null;

-- The document an attachment was made into.
alter table documents add column attachment_id uuid references attachments on delete set null;
create index on documents (attachment_id) where attachment_id is not null;

-- How many files a message carries: a message without any is read without looking for them.
alter table messages add column attachments smallint not null default 0;

-- What has changed and is not announced in the discussion yet: changes of one person near each other become one message.
create table document_news (
    id bigint generated always as identity primary key,
    group_id uuid not null references twinning_groups,
    person_id uuid not null references people,
    document_id uuid not null references documents on delete cascade,
    version integer not null,
    at timestamptz not null
);
create index on document_news (group_id, person_id, id);

-- A network's own templates, beside or in place of those every network has.
create table document_templates (
    id uuid primary key,
    network_id uuid not null references networks,
    kind text not null,
    language text not null check (language in ('en', 'fr', 'ar', 'tr')),
    name text not null check (length(name) between 1 and 200),
    file_name text not null,
    hash bytea not null references file_contents,
    size bigint not null,
    person_id uuid not null references people,
    created_at timestamptz not null,
    unique (network_id, kind, language)
);
create index on document_templates (hash);

-- Whether anything still needs these bytes.
create function content_is_used(content bytea) returns boolean language sql stable as $$
    select exists (select 1 from document_versions where hash = content) or exists (select 1 from attachments where hash = content)
        or exists (select 1 from document_templates where hash = content)
$$;

-- Searching documents: names and descriptions as people type them, texts by the stems of their own language. -----------------

create function text_search_language(language text) returns regconfig language sql immutable parallel safe return
    case language when 'ar' then 'pg_catalog.arabic'::regconfig when 'en' then 'pg_catalog.english'::regconfig
        when 'fr' then 'pg_catalog.french'::regconfig when 'tr' then 'pg_catalog.turkish'::regconfig else 'pg_catalog.simple'::regconfig end;

create function document_words() returns trigger language plpgsql as $$
begin
    new.words := setweight(words_of(new.name), 'A') || setweight(words_of(new.description), 'B')
        || to_tsvector(text_search_language(new.language), coalesce(folded(left((select c.text from file_contents c where c.hash = new.hash), 200000)), ''));
    return new;
end $$;
create trigger document_words before insert or update of name, description, language, hash on documents for each row execute function document_words();

create function content_words() returns trigger language plpgsql as $$
begin
    update documents set hash = hash where hash = new.hash;
    return null;
end $$;
create trigger content_words after update of text on file_contents for each row when (new.text is distinct from old.text) execute function content_words();

-- What goes with a webinar may be a document of one of its groups instead of an address.
alter table webinar_materials alter column url drop not null;
alter table webinar_materials add column document_id uuid references documents on delete cascade;
alter table webinar_materials add constraint webinar_materials_one check ((url is null) <> (document_id is null));
