/** What a form can complain about. Schemas answer these codes; the field shows `field.<code>` (tested in both languages). */
export const fieldCodes = [
  'required',
  'too_long',
  'name_characters',
  'name_taken',
  'registry_taken',
  'address_http',
  'hosts_lines',
  'login_masked',
  'namespace_characters',
  'organization_characters',
  'repository_characters',
  'choice_unknown',
  'registry_required',
  'filter_unknown',
  'repositories_none',
  'tags_none',
  'not_editable',
  'amount_whole',
  'amount_small',
  'amount_large',
  'trigger_push_only',
  'cron_fields',
  'cron_syntax',
  'cron_seconds',
  'cron_minutes',
  'cron_never',
  'pattern_brace',
  'pattern_bracket',
  'pattern_escape',
  'pattern_refused',
  'pattern_costly',
] as const
export type FieldCode = (typeof fieldCodes)[number]

/** Codes also arrive from elsewhere (the door's 422): only known ones have a text. */
export const isFieldCode = (text: unknown): text is FieldCode => fieldCodes.some((code) => code === text)
