'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { columns } from '../rows.mjs'

export function Rows() {
  const { data = [] } = useQuery({ queryKey: ['rows'], queryFn: async () => (await fetch('/read')).json() })
  const [opened, setOpened] = useState(0)
  return (
    <table>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column}>{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.map((row) => (
          <tr key={row.id}>
            {columns.map((column) => (
              <td key={column}>{column === 'name' ? <a href={`/?row=${row.id}`}>{row.name}</a> : row[column]}</td>
            ))}
            <td>
              <button type="button" onClick={() => setOpened(row.id)}>
                {opened === row.id ? 'Opened' : 'Menu'}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
