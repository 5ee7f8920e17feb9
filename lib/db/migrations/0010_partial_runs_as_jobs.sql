-- Under their ids, which the audit log names. What nobody carries out any more is due at once.
INSERT INTO "jobs" ("id", "kind", "at", "ended_at", "until", "holder", "connection", "instance", "subject", "actor_id", "actor_name", "role", "size", "stop_reason", "stop_name", "stopped_at", "data") OVERRIDING SYSTEM VALUE
SELECT "id", 'partial_run', "at", "ended_at", "until", '', "connection", "instance", "policy_id"::text, "actor_id", "actor_name", "role", jsonb_array_length("parts"), "stop_reason", "stop_name", "stopped_at", jsonb_build_object('executionId', "execution_id", 'token', "token", 'policy', "policy", 'parts', "parts")
FROM "partial_runs";--> statement-breakpoint
SELECT setval(pg_get_serial_sequence('jobs', 'id'), (SELECT coalesce(max("id"), 0) + 1 FROM "jobs"), false);--> statement-breakpoint
DROP TABLE "partial_runs" CASCADE;
