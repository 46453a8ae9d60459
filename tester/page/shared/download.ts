/** Hands the browser a file to save. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[:/\\]/g, '-')
  link.click()
  URL.revokeObjectURL(url)
}
