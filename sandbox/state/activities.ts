import type { Activity } from './shapes'

/** The activities of one instance, in the order in which they were added. */
export class Activities {
  private readonly added: Activity[] = []

  all(): Activity[] {
    return [...this.added]
  }

  add(activity: Omit<Activity, 'id'>): Activity {
    const written = { id: 5001 + this.added.length, ...activity }
    this.added.push(written)
    return written
  }

  /** Moves one lead's activities to another. */
  move(from: number, to: number): void {
    for (const activity of this.added) if (activity.leadId === from) activity.leadId = to
  }
}
