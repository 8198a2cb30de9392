/** What a practice hall says of itself on every screen, in both languages at once: nothing here is real. [PRACTICE1] */
export function PracticeBand() {
  return (
    <p class="practice-band" data-testid="practice">
      <span lang="zh-CN">练习大厅</span> · <span lang="en">Practice hall</span>
    </p>
  )
}
