import type { ComponentType } from 'react'
import type { DefaultValues, FieldPath, FieldValues } from 'react-hook-form'
import type * as z from 'zod/v4/core'
import type { WrittenResult } from '@/lib/contract/swr/schemas'
import type { ObjectKind } from '@/lib/contract/vocabulary'
import type { Question, Sides } from '@/lib/policy/diff/merge3'
import type { FieldCode } from '@/lib/policy/validation-codes'
import type { InstanceLocation } from '@/lib/routes'

/** What every object that has a form can be told apart by. */
export interface EditedObject {
  readonly id?: number | undefined
  readonly name?: string | undefined
  readonly content_hash: string
}

/** A question of a form, by the name that texts have for it. */
export interface AnswerProps<Draft, Name extends string = string> {
  readonly draft: Draft
  readonly question: Name
  readonly location: InstanceLocation
}

/** What one kind of object tells the form engine about itself; pure, one value for each kind. */
export interface EditKind<Row, Draft extends FieldValues, Values, Body, Name extends string = string> {
  readonly kind: ObjectKind
  readonly schema: z.$ZodType<Values, Draft>
  /** What the form of a new object begins with. */
  readonly blank: () => Draft & DefaultValues<Draft>
  readonly toForm: (row: Row) => Draft & DefaultValues<Draft>
  /** `read` is what the form stands on, or what something new repeats: of it goes back what no field can say. */
  readonly toBody: (values: Values, read: Row | undefined) => Body
  /** What an object says in the shape of a request, odd values included: what the review compares with. */
  readonly toRequest: (row: Row) => object
  /** The request as the review may show it, without what is secret. */
  readonly toShown?: (body: Body) => unknown
  /** The field that shows what the server says about a path of the request; undefined for what no field shows. */
  readonly fieldOfPath: (path: string, draft: Draft, body: Body | null) => FieldPath<Draft> | undefined
  /** Fields that always come from the server and never from a draft. */
  readonly serverFields: readonly (keyof Draft & string)[]
  /** Fields that no browser may keep. */
  readonly unsavedFields?: readonly (keyof Draft & string)[]
  /** What is compared, and decided, after somebody else has changed the object. */
  readonly questions: readonly (Question<Draft> & { readonly name: Name })[]
  /** A draft in the form in which sides can be compared and mixed. */
  readonly toSide?: (draft: Draft) => Draft
  readonly merge: (sides: Sides<Draft>, taken: readonly Question<Draft>[]) => Draft
}

/** How a form is sent. */
export interface SendOptions {
  /** Why, for the audit log. */
  readonly reason?: string
  /** Id of the object that a new one repeats. */
  readonly basis?: string
  /** Id of the dry run that the request relies on. */
  readonly dryRun?: string
}

/** A request exactly as it will be sent, with what it relies on. */
export interface SettledRequest<Body> extends Pick<SendOptions, 'dryRun'> {
  readonly body: Body
}

/** The requests of one kind at one place. */
export interface EditRequests<Row, Body> {
  /** Creates it, or updates the `original`. */
  readonly send: (body: Body, original: Row | undefined, options: SendOptions) => Promise<WrittenResult<Row>>
  /** Asks what the server would make of a request; what it answers is reviewed, and sent. Never fails. */
  readonly settle?: (body: Body, original: Row | undefined) => Promise<SettledRequest<Body>>
  /** Reads an object again; null when it is gone. */
  readonly read: (original: Row) => Promise<Row | null>
  /** Whether another object has the name, and what is said at the name then. SWR has no code for it (docs/swr-api.md section 14). */
  readonly taken?: {
    readonly code: FieldCode
    readonly check: (name: string, original: Row | undefined) => Promise<boolean>
  }
}

/** A component that says in words what a draft answers to a question. */
export type AnswerText<Draft, Name extends string> = ComponentType<AnswerProps<Draft, Name>>
