'use client'

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import {
  allCells,
  cellId,
  columnCells,
  moved,
  type Place,
  placeOf,
  rectangle,
  rowCells,
  type Shape,
  toggled,
} from './selection'
import { useDrag } from './use-drag'

const none: ReadonlySet<number> = new Set()

/** The number that the element of an event carries, or one around it. */
function numberAt(target: EventTarget | null, name: 'cell' | 'chooseRow' | 'chooseColumn'): number | null {
  const selector = { cell: '[data-cell]', chooseRow: '[data-choose-row]', chooseColumn: '[data-choose-column]' }[name]
  const element = target instanceof Element ? target.closest<HTMLElement>(selector) : null
  return element?.dataset[name] === undefined ? null : Number(element.dataset[name])
}
const cellAt = (target: EventTarget | null) => numberAt(target, 'cell')

/**
 * Which cells are chosen and which one has the focus. Press-and-drag chooses a rectangle, also beyond the edge, Ctrl adds, Shift extends; the arrows move,
 * Space chooses, Enter is `onOpen`. A finger scrolls, and chooses cell by cell. A press on a heading chooses its row or column, as
 * Shift and Ctrl with Space do.
 */
export function useGrid(shape: Shape, onOpen?: (cell: number) => void) {
  const [selected, setSelected] = useState(none)
  const [activeId, setActive] = useState(0)
  /** Where a range began, and what was chosen before it. */
  const range = useRef<{ from: Place; base: ReadonlySet<number> } | null>(null)
  const active = placeOf(shape, activeId) ?? { row: 0, column: 0 }

  const extend = (to: Place) => {
    const from = range.current?.from ?? active
    setSelected(new Set([...(range.current?.base ?? none), ...rectangle(shape, from, to)]))
    setActive(cellId(shape, to))
  }
  const begin = (from: Place, base: ReadonlySet<number>) => {
    range.current = { from, base }
  }

  const drag = useDrag((id) => {
    const place = placeOf(shape, id)
    if (place && id !== activeId) extend(place)
  })
  const press = (event: PointerEvent<HTMLElement>) => {
    const id = cellAt(event.target)
    const place = id === null ? null : placeOf(shape, id)
    if (id === null || place === null || event.button !== 0) return
    if (event.pointerType === 'touch') return
    drag.begin(event.currentTarget)
    if (event.shiftKey) {
      range.current ??= { from: active, base: none }
      return extend(place)
    }
    const isMore = event.ctrlKey || event.metaKey
    begin(place, isMore ? selected : none)
    setSelected((before) => (isMore ? toggled(before, [id]) : new Set([id])))
    setActive(id)
  }
  const click = (event: { nativeEvent: Event; target: EventTarget }) => {
    const row = numberAt(event.target, 'chooseRow')
    const column = numberAt(event.target, 'chooseColumn')
    if (row !== null) return setSelected((before) => toggled(before, rowCells(shape, row)))
    if (column !== null) return setSelected((before) => toggled(before, columnCells(shape, column)))
    const id = cellAt(event.target)
    if (id === null) return
    setActive(id)
    const isTouch = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch'
    if (isTouch) setSelected((before) => toggled(before, [id]))
    onOpen?.(id)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (cellAt(event.target) === null || shape.rows.length === 0) return
    const isCtrl = event.ctrlKey || event.metaKey
    const next = moved(shape, active, event.key, isCtrl)
    if (next) {
      event.preventDefault()
      if (event.shiftKey) {
        range.current ??= { from: active, base: none }
        extend(next)
      } else {
        range.current = null
        setActive(cellId(shape, next))
      }
      return
    }
    const chosen = {
      ' ': event.shiftKey
        ? () => toggled(selected, rowCells(shape, active.row))
        : isCtrl
          ? () => toggled(selected, columnCells(shape, active.column))
          : () => toggled(selected, [cellId(shape, active)]),
      a: isCtrl ? () => new Set(allCells(shape)) : undefined,
      Escape: selected.size > 0 ? () => none : undefined,
    }[event.key]
    if (chosen) {
      event.preventDefault()
      begin(active, none)
      setSelected(chosen())
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onOpen?.(cellId(shape, active))
    }
  }
  return {
    selected,
    active,
    isDragging: drag.isDragging,
    clear: () => setSelected(none),
    choose: (ids: readonly number[]) => setSelected(new Set(ids)),
    handlers: {
      onPointerDown: press,
      onClick: click,
      onKeyDown,
    },
  }
}

export type GridState = ReturnType<typeof useGrid>
