// Runs before the first paint, so that a chosen theme does not flash in after the system's.
document.documentElement.dataset.theme = localStorage.getItem('weir.theme') ?? 'system';
