// What the browser says of the line it is on. Not every browser does; then it counts as good.

interface Connection { saveData?: boolean; effectiveType?: string; type?: string }

function connection(): Connection {
  return (navigator as Navigator & { connection?: Connection }).connection ?? {};
}

export function isWeak(): boolean {
  return ["slow-2g", "2g", "3g"].includes(connection().effectiveType ?? "");
}

/** Bytes cost money or patience here: what is not asked for is not sent. */
export function isMetered(): boolean {
  const { saveData, type } = connection();
  return saveData === true || type === "cellular" || isWeak();
}
