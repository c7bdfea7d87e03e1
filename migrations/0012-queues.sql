-- Queues with a million open tasks: the index holds the tasks of a group in the order of the queue, so that a page is read and not sorted.
drop index task_open_due;
create index task_open_queue on task (tenant_id, group_name, due_at, opened_at, assignee_id) where closed_at is null;
comment on index task_open_queue is 'Queues of server/queries/task-queue.ts; the assignee is there so that taken tasks are passed over without a look at their rows.';

create index task_open_title on task (tenant_id, title) where closed_at is null;
comment on index task_open_title is 'The few names that open tasks have: searched by themselves, then their tasks by equality.';
