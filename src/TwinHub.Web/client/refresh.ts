// The page, fetched again: who is signed in now, and the parts around the discussion that others may have changed.

import { type ChannelData, channelData } from "./contract";
import { within } from "./pauses";

const patience = 10_000;
const parts = [".ghead", ".due", ".rail", ".bar", ".people", ".here"];

/** Takes the server's present view of this page. False when it could not be had now; loads anew when it is for someone else. */
export async function refresh(data: ChannelData): Promise<boolean> {
  const page = await fetched();
  if (page === null) return false;
  const present = page && channelData(page);
  if (!page || present?.me.id !== data.me.id || present.canWrite !== data.canWrite) {
    location.reload(); // signed out, someone else signed in, or the rights have changed; what was written is kept
    return false;
  }
  Object.assign(data.members, present.members);
  for (const selector of parts) swap(selector, page);
  return true;
}

/** The page; undefined when it is no longer given to us; null when the network failed or the server is in trouble. */
async function fetched(): Promise<Document | undefined | null> {
  try {
    const response = await within(patience, signal => fetch(location.pathname, { cache: "no-store", signal }));
    if (response.redirected || response.status === 401 || response.status === 404) return undefined;
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  } catch (error) {
    console.info("The page can not be fetched now.", error);
    return null;
  }
}

function swap(selector: string, page: Document): void {
  const old = document.querySelector(selector);
  const present = page.querySelector(selector);
  if (old && present && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(present));
}
