/** Runs the work now, and again after the interval since its end; pauses while the tab is hidden. */
export async function every(interval, signal, work) {
  while (!signal.aborted) {
    if (!document.hidden) {
      await work();
    }
    await new Promise((resolve) => { setTimeout(resolve, interval); });
  }
}
