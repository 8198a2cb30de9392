/** 暖号: a ticket with the sun rising in it. */
export function Wordmark() {
  return (
    <span class="wordmark" role="img" aria-label="暖号 Nuanhao">
      <svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">
        <path
          class="wordmark-seal"
          d="M8 4h24a4 4 0 0 1 4 4v8.5a3.5 3.5 0 0 0 0 7V32a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4v-8.5a3.5 3.5 0 0 0 0-7V8a4 4 0 0 1 4-4z"
        />
        <path class="wordmark-core" d="M13 26a7 7 0 0 1 14 0z" />
        <path class="wordmark-sun" d="M20 11.5v3M10.8 15.5l2 2M29.2 15.5l-2 2M11 29.8h18" />
      </svg>
      <span aria-hidden="true">暖号</span>
    </span>
  )
}
