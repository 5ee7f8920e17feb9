import * as z from 'zod/mini'
import type { FieldCode } from '../validation-codes'

/* What runs in a cluster, as a form takes it: pasted or from a file. */

const fields = z.object({
  cluster: z.string().check(z.trim()),
  /** A number as it is typed; empty for the limit of the instance. */
  hours: z.string().check(z.trim()),
  text: z.string(),
  /** A text that a form cannot show at once: it is named by its file, and takes the place of what was pasted. */
  file: z.nullable(z.object({ name: z.string(), text: z.string() })),
})
export type InUseDraft = z.input<typeof fields>
export type InUseValues = z.output<typeof fields>

export const blankInUse = (cluster: string): InUseDraft => ({ cluster, hours: '', text: '', file: null })

export const listOf = ({ text, file }: Pick<InUseDraft, 'text' | 'file'>): string => file?.text ?? text

const isHours = (text: string) => text === '' || (Number(text) >= 0.1 && Number(text) <= 8760)

export const inUseForm = fields.check(({ value, issues }) => {
  const found: [keyof InUseValues, FieldCode | false][] = [
    ['cluster', value.cluster === '' && 'required'],
    ['text', listOf(value).trim() === '' && 'required'],
    ['hours', !isHours(value.hours) && 'number_range'],
  ]
  for (const [field, code] of found) {
    if (code) issues.push({ code: 'custom', path: [field], message: code, input: value[field] })
  }
})
