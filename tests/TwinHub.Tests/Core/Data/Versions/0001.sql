-- An installation as version 1 left it: at least one row in every table. Kept as it is when later versions come.
insert into installation (demo, clock_offset, posting_limits, created_at) values (true, '3 hours', false, '2026-10-01 08:00Z');
insert into networks values ('00000000-0000-7000-8000-000000000001', 'river-towns', 'hosts', 'RT', '{"en": "River Towns", "ar": "بلدات النهر"}', 'Europe/Paris', '2026-10-01 08:00Z');
insert into organisations values
    ('00000000-0000-7000-8000-000000000011', '00000000-0000-7000-8000-000000000001', 'municipality', '{"en": "Eastbank"}', '{"tr": "Doğukıyı", "en": "Eastbank"}', 'TR', 'EB', 36.5, 37.25, 'Europe/Istanbul', '{tr,en}', '2026-10-01 08:00Z'),
    ('00000000-0000-7000-8000-000000000012', '00000000-0000-7000-8000-000000000001', 'municipality', '{"en": "Westbank Town"}', null, null, 'W', null, null, 'Asia/Amman', '{}', '2026-10-01 08:00Z');
insert into people values
    ('00000000-0000-7000-8000-000000000021', 'deniz@eastbank.example.org', 'Deniz Işık', 'tr', 'Europe/Istanbul', 'dark', '2026-10-01 08:00Z', null),
    ('00000000-0000-7000-8000-000000000022', 'nour@westbank.example.org', 'نور', 'ar', 'Asia/Amman', 'auto', '2026-10-01 08:00Z', '2026-10-09 08:00Z');
insert into organisation_people values ('00000000-0000-7000-8000-000000000011', '00000000-0000-7000-8000-000000000021', '2026-10-01 08:00Z');
insert into network_roles values ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000021', 'facilitator');
insert into twinning_groups values ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000001', 'east-west', null, '{"en": "Water"}', 'formal', null, 'active', '2026-10-01', null, '2026-10-01 08:00Z');
insert into group_partners values
    ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000011', 0, 'cedar'),
    ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000012', 1, 'indigo');
insert into memberships values ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000011', '{lead,correspondent}', '2026-10-01 08:00Z');
insert into channels values ('00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000031', 'discussion', 3);
insert into messages values
    ('00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000011', '00000000-0000-4000-8000-000000000001', 1, 1, E'Merhaba **komşu**\nikinci satır', '2026-10-02 08:00:00.123456Z', null, false),
    ('00000000-0000-7000-8000-000000000052', '00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000022', null, '00000000-0000-4000-8000-000000000002', 2, 3, 'مرحبا', '2026-10-02 09:00Z', '2026-10-02 09:05Z', true);
insert into read_positions values ('00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000021', 2);
insert into nodes values ('00000000-0000-7000-8000-000000000061', '2026-10-02 09:00Z');
insert into presence values ('00000000-0000-7000-8000-000000000061', '00000000-0000-7000-8000-000000000021');
insert into sign_in_links values ('\x01', '00000000-0000-7000-8000-000000000021', '2026-10-02 09:00Z', '2026-10-02 09:10Z', '2026-10-02 09:01Z');
insert into sign_in_requests values ('00000000-0000-7000-8000-000000000071', 'deniz@eastbank.example.org', '192.0.2.7', '2026-10-02 09:00Z', null);
insert into sessions values ('00000000-0000-7000-8000-000000000081', '\x02', '00000000-0000-7000-8000-000000000021', '2026-10-02 09:01Z', '2026-10-02 10:00Z', '2026-12-31 09:01Z', 'Firefox on Linux');
insert into access_tokens values ('00000000-0000-7000-8000-000000000091', '\x03', '00000000-0000-7000-8000-000000000021', 'a script', '2026-10-02 09:01Z', null, null);
insert into audit_log (at, actor_id, action, subject, address) values ('2026-10-02 09:01Z', '00000000-0000-7000-8000-000000000021', 'sign-in', null, '192.0.2.7');
insert into data_protection_keys values ('key-1', '<key id="1"/>');
insert into emails values ('00000000-0000-7000-8000-0000000000a1', '<00000000-0000-7000-8000-0000000000a1@example.org>', 'deniz@eastbank.example.org', 'sign-in', 'tr', 'Giriş', '{"kind": "sign-in"}', 'sign-in-link:01', '\x0d0a', 'queued', 1, '2026-10-02 09:00Z', null, 'later', '2026-10-02 09:00Z', null);
insert into mailbox values ('00000000-0000-7000-8000-0000000000b1', '00000000-0000-7000-8000-0000000000a1', '\x0d0a', '2026-10-02 09:00Z');
insert into job_runs (job, started_at, finished_at, items, error) values ('DeliverMail', '2026-10-02 09:00Z', '2026-10-02 09:00Z', 1, null);
