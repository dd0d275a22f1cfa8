/* What is read is kept for where there is no signal; a browser that keeps nothing only does without. */
"use strict";
navigator.serviceWorker?.register("/sw.js").catch(() => {});
