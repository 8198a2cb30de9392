/** One page with all pictures, small; each opens in its own size. */
export function contactSheet(files: readonly string[]): string {
  const figures = files
    .map(
      (file) =>
        `<a href="${file}"><figure><img src="${file}" loading="lazy" alt=""><figcaption>${file.replace('.png', '')}</figcaption></figure></a>`,
    )
    .join('\n')
  return `<!doctype html><meta charset="utf-8"><title>Nuanhao: every screen</title>
<style>body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:12px;background:#ddd}figure{margin:0}img{block-size:260px}</style>
${figures}\n`
}
