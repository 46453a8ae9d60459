/** The text of a file, and what the user should know about how it was read. */
export interface Decoded {
  text: string
  note?: string
}

/** Reads a file as UTF-8, as UTF-16 if it begins like that, or else as Windows-1252: Excel saves CSV in each of these. */
export async function decoded(file: Blob): Promise<Decoded> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) }
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes) }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      note: 'The file is not in UTF-8. It was read as Windows-1252, as Excel saves “CSV”. Check names with accents.'
    }
  }
}
