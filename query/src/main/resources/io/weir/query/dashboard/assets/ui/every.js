/** Does the work now and again each time the interval has passed since it ended; not while the tab is hidden. */
export async function every(interval, signal, work) {
  while (!signal.aborted) {
    if (!document.hidden) {
      await work();
    }
    await new Promise((resolve) => { setTimeout(resolve, interval); });
  }
}
