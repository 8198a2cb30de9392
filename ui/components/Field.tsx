import type { InputHTMLAttributes } from 'preact'

type Props = InputHTMLAttributes<HTMLInputElement> & { id: string; label: string; help?: string }

/** A labelled field of a form. */
export function Field({ id, label, help, ...input }: Props) {
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input {...input} id={id} class="field-input" aria-describedby={help ? `${id}-help` : undefined} />
      {help && (
        <p class="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  )
}
