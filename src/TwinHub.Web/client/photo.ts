// A photo for a weak link: drawn upright, small enough to be there in seconds. The original may follow.

const kilobyte = 1024;
/** Below this a picture is sent as it is. */
const small = 90 * kilobyte;
const steps: [side: number, quality: number][] = [[1280, .75], [1280, .6], [1024, .6], [1024, .45], [800, .5], [640, .5], [480, .5]];

export interface Photo {
  /** A tiny picture as a data address. */
  thumb: string;
  /** What is sent first; null: the file itself, it is small enough. */
  reduced: Blob | null;
  /** What follows: the file, or where nobody else could read it a JPEG as large as it. */
  full: Blob;
}

/** Null where it is no picture this browser can draw. */
export async function photoOf(file: File, wanted: number): Promise<Photo | null> {
  if (!/^image\/(?:jpeg|png|webp|gif|hei[cf])$/u.test(file.type)) return null;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (error) {
    console.info("This picture cannot be drawn here; it is sent as a file.", error);
    return null;
  }
  try {
    const foreign = /hei[cf]$/u.test(file.type);
    const isReducible = file.size > small && file.type !== "image/gif"; // what moves would stand still
    return {
      thumb: draw(bitmap, 128).toDataURL("image/jpeg", .6),
      reduced: foreign || isReducible ? await reduce(bitmap, wanted * kilobyte) : null,
      full: foreign ? await encode(draw(bitmap, 4096), .9) : file,
    };
  } finally {
    bitmap.close();
  }
}

async function reduce(bitmap: ImageBitmap, wanted: number): Promise<Blob> {
  let [canvas, side, blob] = [draw(bitmap, 1280), 1280, new Blob()];
  for (const [next, quality] of steps) {
    if (next !== side) [canvas, side] = [draw(bitmap, next), next];
    blob = await encode(canvas, quality);
    if (blob.size <= wanted) break;
  }
  return blob;
}

function draw(bitmap: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser draws nothing.");
  context.fillStyle = "#fff"; // JPEG knows no transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => canvas.toBlob(blob => blob ? resolve(blob) : reject(new Error("The picture could not be written.")), "image/jpeg", quality));
}
