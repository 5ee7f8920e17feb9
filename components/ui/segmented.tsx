import clsx from 'clsx'

/** A few choices side by side; real radio buttons underneath, so arrows, labels and forms work. */
export function Segmented<Value extends string>({
  name,
  value,
  options,
  onChange,
  labelledBy,
  describedBy,
}: {
  name: string
  value: Value
  options: readonly { value: Value; label: string; disabled?: boolean }[]
  onChange: (value: Value) => void
  labelledBy: string
  describedBy?: string | undefined
}) {
  return (
    <div
      role="radiogroup"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className="inline-flex max-w-full flex-wrap rounded-md border border-edge bg-surface"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={clsx(
            'relative px-3 py-1.5 first:rounded-l-[5px] last:rounded-r-[5px] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            option.value === value ? 'bg-accent-soft font-medium text-accent' : 'text-ink-2 hover:text-ink',
            option.disabled && 'cursor-not-allowed opacity-60',
          )}
        >
          <input
            type="radio"
            // Unseen but over the whole segment: whoever points at it hits the button itself.
            className="absolute inset-0 m-0 cursor-[inherit] opacity-0"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}
