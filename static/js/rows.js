/* On a wide screen all rows of a sheet are open; on a phone each opens by itself. */
"use strict";
if (matchMedia("(min-width: 56rem)").matches) {
  for (const row of document.querySelectorAll("details.measured")) row.open = true;
}
