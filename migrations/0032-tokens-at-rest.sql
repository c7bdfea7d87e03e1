-- Tokens of identity providers stand sealed in their own column: who has only the database cannot speak for anybody at a provider. The server seals the open
-- ones of running sessions at its next start (server/people/seal-sessions.ts): the key is a file that the database never sees.
alter table session add column tokens text check (tokens ~ '^[0-9a-f]{16}\.[A-Za-z0-9_-]+$');
comment on column session.tokens is 'Identity and refresh token, AES-256-GCM: <key>.<base64url of IV, ciphertext, tag>. Null = none.';
comment on column session.detail is 'What is no secret: names that a provider gives to the person and to its own session, when it was last asked. Never a token.';
create index session_provider_sid on session (tenant_id, (detail ->> 'sid')) where detail ? 'sid';
