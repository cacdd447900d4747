/** The rows of every table below one heading of a Markdown page, cells trimmed, code marks taken off. */
export function tableRows(page: string, heading: string): string[][] {
  const depth = /^#+/.exec(heading)![0].length
  const lines = page.split('\n')
  const start = lines.indexOf(heading)
  if (start === -1) throw new Error(`the page has no heading "${heading}"`)
  const rest = lines.slice(start + 1)
  const length = rest.findIndex((line) => new RegExp(`^#{1,${depth}} `).test(line))
  return rest
    .slice(0, length === -1 ? undefined : length)
    .filter((line, index, all) => line.startsWith('|') && !isHead(all, index))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    )
}

/** A header or the rule beneath it. */
function isHead(lines: readonly string[], index: number): boolean {
  const isRule = (line: string | undefined) => line !== undefined && /^\|[\s:|-]+\|$/.test(line)
  return isRule(lines[index]) || isRule(lines[index + 1])
}
