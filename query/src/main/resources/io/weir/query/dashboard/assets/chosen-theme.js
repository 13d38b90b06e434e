// Runs before the first paint, so that the selected theme does not appear only after the system's.
document.documentElement.dataset.theme = localStorage.getItem('weir.theme') ?? 'system';
