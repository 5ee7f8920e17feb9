ALTER TABLE "jobs" ADD COLUMN "once" text;--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_once" ON "jobs" USING btree ("once");