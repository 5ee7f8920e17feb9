ALTER TABLE "users" ADD COLUMN "last_sign_in" timestamp with time zone;--> statement-breakpoint
UPDATE "users" SET "last_sign_in" = (SELECT max("at") FROM "audit" WHERE "operation" = 'signIn' AND "outcome" = 'done' AND "actor_id" = "users"."id");
