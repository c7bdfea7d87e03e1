-- Confirmations of receipt are counted per sender and day: two machines that answer each other must not write for ever.
create index inbox_mail_received on inbox (tenant_id, received_at) where kind = 'mail-message';
