'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { edgePull } from './edge-pull'

interface Point {
  readonly x: number
  readonly y: number
}

const between = (at: number, low: number, high: number) => Math.min(Math.max(at, low), high)

/** Where cells are seen: beside and below the headings that stay, and on the screen. */
function visibleBox(grid: HTMLElement) {
  const { left, top } = grid.getBoundingClientRect()
  // Without size where the grid is drawn as cards.
  const corner = grid.querySelector('[role="columnheader"]')?.getBoundingClientRect()
  return {
    left: Math.max(left, corner?.right ?? 0, 0),
    top: Math.max(top, corner?.bottom ?? 0, 0),
    right: Math.min(left + grid.clientWidth, window.innerWidth),
    bottom: Math.min(top + grid.clientHeight, window.innerHeight),
  }
}

/** The cell at a point, or the one next to it on the edge. */
function cellNear(grid: HTMLElement, { x, y }: Point): number | null {
  const { left, top, right, bottom } = visibleBox(grid)
  const at = [between(x, left + 1, right - 1), between(y, top + 1, bottom - 1)] as const
  for (const element of document.elementsFromPoint(...at)) {
    const cell = element.closest<HTMLElement>('[data-cell]')
    if (cell && grid.contains(cell)) return Number(cell.dataset.cell)
  }
  return null
}

/** Scrolls the grid; once that is at its end, the page, as long as there is more of the grid behind the edge of the screen. */
function scrollOn(grid: HTMLElement, left: number, top: number): void {
  const before = grid.scrollTop
  grid.scrollBy({ left, top, behavior: 'instant' })
  if (grid.scrollTop !== before) return
  const box = grid.getBoundingClientRect()
  const hidden = top > 0 ? Math.max(box.bottom - window.innerHeight, 0) : Math.min(box.top, 0)
  window.scrollBy({ top: Math.abs(top) < Math.abs(hidden) ? top : hidden, behavior: 'instant' })
}

/** Tells the cells that a pressed pointer comes over, and scrolls while it is at an edge or beyond. Returns its end. */
function followPointer(grid: HTMLElement, onCell: (cell: number) => void, onEnd: () => void): () => void {
  let point: Point | null = null
  let frame: number | null = null
  let last = 0
  // What is less than a pixel is kept for the next frame.
  const owed = { x: 0, y: 0 }
  const look = () => {
    const cell = point && cellNear(grid, point)
    if (cell !== null) onCell(cell)
  }
  const scroll = (now: number) => {
    frame = null
    if (!point) return
    const { left, top, right, bottom } = visibleBox(grid)
    const pull = { x: edgePull(point.x, left, right), y: edgePull(point.y, top, bottom) }
    if (pull.x === 0 && pull.y === 0) return
    const seconds = Math.min(now - last, 100) / 1000
    last = now
    owed.x += pull.x * seconds
    owed.y += pull.y * seconds
    scrollOn(grid, Math.trunc(owed.x), Math.trunc(owed.y))
    owed.x %= 1
    owed.y %= 1
    look()
    frame = requestAnimationFrame(scroll)
  }
  const move = ({ clientX: x, clientY: y, buttons }: PointerEvent) => {
    if (buttons === 0) return onEnd()
    point = { x, y }
    look()
    if (frame !== null) return
    last = performance.now()
    frame = requestAnimationFrame(scroll)
  }
  const events = new AbortController()
  const { signal } = events
  window.addEventListener('pointermove', move, { signal })
  for (const name of ['pointerup', 'pointercancel', 'blur'] as const) window.addEventListener(name, onEnd, { signal })
  return () => {
    events.abort()
    if (frame !== null) cancelAnimationFrame(frame)
  }
}

/** Follows a press from one cell over others, also where the pointer leaves the grid. */
export function useDrag(onCell: (cell: number) => void) {
  const [grid, setGrid] = useState<HTMLElement | null>(null)
  const over = useEffectEvent(onCell)
  useEffect(() => {
    if (grid)
      return followPointer(
        grid,
        (cell) => over(cell),
        () => setGrid(null),
      )
  }, [grid])
  return { isDragging: grid !== null, begin: setGrid }
}
