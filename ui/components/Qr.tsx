import { encode } from 'uqr'
import { shared } from '../words.ts'

/** A QR code drawn here, from nothing but its text: no address leaves the screen to make it. */
export function Qr({ text, testId }: { text: string; testId?: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  return (
    <svg
      class="qr"
      data-testid={testId}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={shared('qr')}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={modules(data)} fill="#1c140e" />
    </svg>
  )
}

/** The dark modules as one path, a run at a time. */
function modules(rows: readonly (readonly boolean[])[]): string {
  let path = ''
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`
    }
  }
  return path
}
