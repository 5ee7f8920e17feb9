'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { DecisionAxis } from '@/lib/contract/console/retention-decisions'
import { endOf, placeOf, stepped, valueAt } from './axis-scale'

/** The number of the form that the cut line stands for. */
export interface Cut {
  readonly value: number
  readonly unit: DecisionAxis['unit']
  /** The largest that a rule may say. */
  readonly most: number
  readonly onChange: (value: number) => void
}

/** Sideways, before a finger drags. */
const dragPixels = 6

const percent = (place: number) => `${place * 100}%`

/**
 * Tags of the first rule from newest to oldest, over all repositories that it concerns, with the line behind which it keeps
 * none. The line is the form's number: dragging it, or a key, writes it.
 */
export function TagAxis({
  axis,
  cut: wanted,
  isFirst,
}: {
  axis: DecisionAxis
  cut: Cut | undefined
  /** Of several rules, which may keep what the axis shows as lost. */
  isFirst: boolean
}) {
  const t = useTranslations('retention')
  const track = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const { bins, unit, by, never, before } = axis
  // After another template was chosen, the axis is of the last one for a moment.
  const cut = wanted?.unit === unit ? wanted : undefined
  const value = cut?.value ?? axis.cut
  const most = Math.max(1, ...bins.map(({ images }) => images))
  const end = endOf(bins)
  const [pressedAt, setPressedAt] = useState<number | null>(null)
  const drag = ({ clientX }: PointerEvent) => {
    const box = track.current?.getBoundingClientRect()
    if (!cut || !box || box.width === 0) return
    cut.onChange(Math.min(valueAt(bins, (clientX - box.left) / box.width), cut.most))
  }
  const start = (event: PointerEvent<HTMLElement>) => {
    setPressedAt(null)
    event.currentTarget.setPointerCapture(event.pointerId)
    // Whoever has found the place roughly goes on by keys.
    line.current?.focus({ preventScroll: true })
    drag(event)
  }
  const press = (event: KeyboardEvent) => {
    const next = value === null || !cut ? null : stepped(event.key, value, end, cut.most)
    if (next === null) return
    event.preventDefault()
    cut?.onChange(next)
  }
  if (bins.length === 0) return null
  return (
    <div>
      <div className="flex justify-between text-ink-3 text-xs">
        <span>{t('axis.newest')}</span>
        <span>{t(`axis.by.${by}`)}</span>
        <span>{t('axis.oldest')}</span>
      </div>
      {/* Whoever points at the axis need not hit the line. */}
      <div
        ref={track}
        className={clsx('relative mt-1 h-16', cut && 'cursor-ew-resize touch-pan-y')}
        onPointerDown={(event) => {
          if (!cut || event.button !== 0) return
          // A finger may be about to scroll the page: it has to move sideways first, or to be lifted where it was put down.
          if (event.pointerType === 'touch') return setPressedAt(event.clientX)
          event.preventDefault()
          start(event)
        }}
        onPointerMove={(event) => {
          if (pressedAt === null) {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event)
          } else if (Math.abs(event.clientX - pressedAt) >= dragPixels) start(event)
        }}
        onPointerUp={(event) => pressedAt !== null && start(event)}
        onPointerCancel={() => setPressedAt(null)}
      >
        <div aria-hidden className="flex h-full items-end gap-px border-line border-b">
          {bins.map(({ from, to, images }) => (
            <span
              key={from}
              className={clsx(
                'min-w-0 flex-1 rounded-t-[1px]',
                value !== null && (from + to) / 2 > value ? 'bg-bad' : 'bg-ok',
                images === 0 && 'invisible',
              )}
              style={{ height: percent(Math.max(images / most, 0.04)) }}
            />
          ))}
        </div>
        {before !== null && before !== value && (
          <span
            aria-hidden
            className="absolute inset-y-0 w-0 border-ink-3 border-l border-dashed"
            style={{ left: percent(placeOf(bins, before)) }}
          />
        )}
        {value !== null && (
          // biome-ignore-start lint/a11y/useSemanticElements: an axis of tags is no input, and its line is dragged over bars
          <div
            ref={line}
            role="slider"
            tabIndex={cut ? 0 : -1}
            aria-label={t(`axis.cut.${unit}`)}
            aria-valuemin={1}
            aria-valuemax={Math.max(end, value)}
            aria-valuenow={value}
            aria-valuetext={t(`axis.value.${unit}`, { count: value })}
            aria-orientation="horizontal"
            aria-readonly={cut === undefined}
            className="absolute inset-y-0 -ml-3 w-6 after:absolute after:inset-y-0 after:left-1/2 after:w-0.5 after:-translate-x-1/2 after:bg-ink focus-visible:after:bg-accent"
            style={{ left: percent(placeOf(bins, value)) }}
            onKeyDown={press}
          >
            <span
              aria-hidden
              className="absolute -top-1 left-1/2 size-2.5 -translate-x-1/2 rounded-full border-2 border-surface bg-ink"
            />
          </div>
          // biome-ignore-end lint/a11y/useSemanticElements: an axis of tags is no input, and its line is dragged over bars
        )}
      </div>
      <p className="mt-1.5 text-ink-2 text-xs tabular-nums">
        {value !== null && t(`axis.value.${unit}`, { count: value })}
        {before !== null && before !== value && ` · ${t(`axis.before.${unit}`, { count: before })}`}
        {never > 0 && ` · ${t('axis.never', { count: never })}`}
      </p>
      {isFirst && <p className="mt-0.5 text-ink-3 text-xs">{t('axis.first')}</p>}
    </div>
  )
}
