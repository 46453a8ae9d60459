/** Marks a rehearsal wherever it looks like a run. */
export const NotWritten = () => <span className="badge calm">Not written</span>
