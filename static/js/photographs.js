/* A photograph is made small enough before it is sent, where the browser can; else it goes as it is.
   What its camera noted of it goes along: the portal takes its day, and where asked its place, from
   there, and lets go of the rest. */
"use strict";

const LONGEST_SIDE = 2400; /* points: a sheet of paper is still read */
const QUALITY = 0.85;
const NOTES_WITHIN = 256 * 1024; /* bytes at the beginning of a JPEG */
const [EXIF_MARK, SCAN_MARK, EXIF_WORD, ORIENTATION] = [0xe1, 0xda, 0x45786966, 0x0112];

/* FILE, or a JPEG of the same picture whose longer side is LONGEST_SIDE; never a larger one. */
async function photographToSend(file) {
  const isJpeg = file.type === "image/jpeg";
  const isOther = /^image\/(heic|heif|webp)$/.test(file.type) || /\.(heic|heif)$/i.test(file.name);
  if (!isJpeg && !isOther) return file;
  if (!window.createImageBitmap || !CSS.supports("image-orientation", "from-image")) return file;
  try {
    const notes = isJpeg ? uprightNotes(await file.slice(0, NOTES_WITHIN).arrayBuffer()) : null;
    const picture = await drawn(file, isJpeg);
    if (!picture || (isJpeg && picture.size >= file.size)) return file;
    const parts = notes ? [picture.slice(0, 2), notes, picture.slice(2)] : [picture];
    const name = isJpeg ? file.name : file.name.replace(/\.[^.]*$/, "") + ".jpg";
    return new File(parts, name, { type: "image/jpeg" });
  } catch {
    return file; /* a picture that this browser cannot read */
  }
}

/* FILE drawn upright and small enough, as a JPEG; null for a JPEG that is small enough already. */
async function drawn(file, isJpeg) {
  const bitmap = await createImageBitmap(file);
  const ratio = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  if (isJpeg && ratio === 1) return null;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * ratio);
  canvas.height = Math.round(bitmap.height * ratio);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

/* The segment of a JPEG in which its camera wrote, saying that the picture is upright; null where
   there is none. Throws a RangeError where it is cut off. */
function uprightNotes(start) {
  const view = new DataView(start);
  let place = 2;
  while (place + 8 <= view.byteLength && view.getUint8(place) === 0xff) {
    const mark = view.getUint8(place + 1);
    const end = place + 2 + view.getUint16(place + 2);
    if (mark === SCAN_MARK) return null;
    if (mark === EXIF_MARK && view.getUint32(place + 4) === EXIF_WORD) {
      const notes = start.slice(place, end);
      setUpright(new DataView(notes, 10));
      return notes;
    }
    place = end;
  }
  return null;
}

/* TIFF as it stands in an EXIF: a byte order, then a table of entries of twelve bytes each. */
function setUpright(tiff) {
  const isLittle = tiff.getUint16(0) === 0x4949;
  const table = tiff.getUint32(4, isLittle);
  for (let i = 0; i < tiff.getUint16(table, isLittle); i += 1) {
    const entry = table + 2 + 12 * i;
    if (tiff.getUint16(entry, isLittle) === ORIENTATION) tiff.setUint16(entry + 8, 1, isLittle);
  }
}

/* What is chosen in a form that is sent as a whole is made smaller at once. */
for (const input of document.querySelectorAll("input[type=file][data-smaller]")) {
  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    const smaller = await Promise.all(chosen.map(photographToSend));
    const files = new DataTransfer();
    for (const file of smaller) files.items.add(file);
    if (smaller.some((file, i) => file !== chosen[i])) input.files = files.files;
  });
}
