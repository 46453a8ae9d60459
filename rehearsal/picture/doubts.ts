/** Something that Marketo alone can decide. */
export interface Doubt {
  why: string
  /** The record that Marketo would decide about, or a value of it. Absent: every event of the batch may be concerned. */
  record?: unknown
  value?: string
}

/** What came up since the last batch and cannot be foreseen. */
export class Doubts {
  private noted: Doubt[] = []

  aboutAll(why: string): void {
    this.note({ why })
  }

  aboutRecord(record: unknown, why: string): void {
    this.note({ why, record })
  }

  /** @param value it stands in the events that are concerned */
  aboutValue(value: string, why: string): void {
    this.note({ why, value })
  }

  take(): Doubt[] {
    const taken = this.noted
    this.noted = []
    return taken
  }

  private note(doubt: Doubt): void {
    this.noted.push(doubt)
  }
}
